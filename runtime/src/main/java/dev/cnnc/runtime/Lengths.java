package dev.cnnc.runtime;

import java.util.Map;

/** Checks the arguments of a caller before anything runs. Messages say what was expected. */
final class Lengths {
  private Lengths() {}

  /** The inputs in the signature's order. */
  static float[][] ordered(Signature signature, Map<String, float[]> inputs) {
    inputs.keySet().forEach(signature::input);
    float[][] ordered = new float[signature.inputs().size()][];
    for (int index = 0; index < ordered.length; index++) {
      String name = signature.inputs().get(index).name();
      float[] input = inputs.get(name);
      if (input == null) {
        throw new IllegalArgumentException(
            "%s: input %s is missing".formatted(signature.network(), name));
      }
      ordered[index] = input;
    }
    return ordered;
  }

  static void check(Signature signature, float[][] inputs) {
    count(signature, "inputs", signature.inputs().size(), inputs.length);
    for (int index = 0; index < inputs.length; index++) {
      check(signature, index, inputs[index]);
    }
  }

  static void check(Signature signature, int index, float[] input) {
    Signature.Input wanted = signature.inputs().get(index);
    if (input.length != wanted.view().size()) {
      String what = signature.inputs().size() == 1 ? "input" : "input " + wanted.name();
      throw wrong(signature, what, wanted.view(), input.length);
    }
  }

  static void checkOutput(Signature signature, int index, float[] output) {
    Signature.Output wanted = signature.outputs().get(index);
    if (output.length != wanted.view().size()) {
      throw wrong(signature, "output " + wanted.name(), wanted.view(), output.length);
    }
  }

  static void checkOutputs(Signature signature, float[][] outputs) {
    count(signature, "outputs", signature.outputs().size(), outputs.length);
    for (int index = 0; index < outputs.length; index++) {
      checkOutput(signature, index, outputs[index]);
    }
  }

  private static void count(Signature signature, String what, int wanted, int given) {
    if (given != wanted) {
      throw new IllegalArgumentException(
          "%s: %s %s wanted, %s given".formatted(signature.network(), wanted, what, given));
    }
  }

  private static IllegalArgumentException wrong(
      Signature signature, String what, View view, int given) {
    return new IllegalArgumentException(
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
