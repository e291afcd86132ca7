/** The library of compiled networks at run time; needs only the JDK. */
module dev.cnnc.runtime {
  requires jdk.incubator.vector;
  requires static java.desktop;
  requires static jdk.management;
  requires static org.jspecify;

  exports dev.cnnc.runtime;
  exports dev.cnnc.runtime.weights;
}
