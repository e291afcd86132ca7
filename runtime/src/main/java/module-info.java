/** What compiled networks need at run time; nothing but the JDK. */
module dev.cnnc.runtime {
  requires jdk.incubator.vector;
  requires static java.desktop;
  requires static org.jspecify;

  exports dev.cnnc.runtime;
  exports dev.cnnc.runtime.weights;
}
