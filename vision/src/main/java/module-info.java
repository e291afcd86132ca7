/** Boxes, masks, vectors and texts from the outputs of networks; needs the JDK alone. */
module dev.cnnc.vision {
  requires transitive dev.cnnc.runtime;
  requires static org.jspecify;

  exports dev.cnnc.vision;
}
