package dev.cnnc.compiler.onnx.translate;

/**
 * A part of a model that cannot be imported.
 *
 * @param operator of the node, or {@code input} and {@code output}
 * @param name of the node, or of its output if it has none
 * @param cure what to do about it
 */
public record Problem(String operator, String name, String reason, String cure) {

  @Override
  public String toString() {
    return operator + " " + name + ": " + reason + "\n   help: " + cure;
  }
}
