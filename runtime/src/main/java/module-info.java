/** What generated code calls; a linked image can do without the static requirements. */
module dev.cnnc.runtime {
  requires jdk.incubator.vector;
  requires static java.desktop;
  requires static org.jspecify;
}
