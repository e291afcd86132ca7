package dev.cnnc.runtime;

/** Checks the arguments of a caller before anything runs. Messages say what was expected. */
final class Lengths {
  private Lengths() {}

  static void check(Signature signature, float[] input) {
    check(signature, "input", signature.input(), input.length);
  }

  static void check(Signature signature, int index, float[] output) {
    Signature.Output wanted = signature.outputs().get(index);
    if (output.length != wanted.view().size()) {
      check(signature, "output " + wanted.name(), wanted.view(), output.length);
    }
  }

  static void check(Signature signature, float[][] outputs) {
    if (outputs.length != signature.outputs().size()) {
      throw new IllegalArgumentException(
          "%s: %s outputs wanted, %s given"
              .formatted(signature.network(), signature.outputs().size(), outputs.length));
    }
    for (int index = 0; index < outputs.length; index++) {
      check(signature, index, outputs[index]);
    }
  }

  private static void check(Signature signature, String what, View view, int given) {
    if (given != view.size()) {
      throw new IllegalArgumentException(
          "%s: %s is [%s, %s, %s], which takes %s floats, but %s were given"
              .formatted(
                  signature.network(),
                  what,
                  view.channels(),
                  view.height(),
                  view.width(),
                  view.size(),
                  given));
    }
  }
}
