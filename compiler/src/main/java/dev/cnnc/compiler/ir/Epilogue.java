package dev.cnnc.compiler.ir;

/**
 * What a conv or fc still does to its sum before it is stored: add the residual, then activate.
 *
 * @param residual whether the node's second input, of the output's shape, is added
 */
public record Epilogue(boolean residual, Activation activation) {

  public static final Epilogue NONE = new Epilogue(false, new Activation.Identity());

  /** Whether it does more to a sum than to add. */
  public boolean activates() {
    return !(activation instanceof Activation.Identity);
  }
}
