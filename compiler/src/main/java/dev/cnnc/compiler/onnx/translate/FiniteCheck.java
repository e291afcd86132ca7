package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds weights that the compiler would refuse to load. */
final class FiniteCheck {

  private FiniteCheck() {}

  static List<Problem> problems(ImportDraft.Finished finished) {
    Map<String, Boolean> infinite = new HashMap<>();
    for (Node node : finished.graph().nodes()) {
      boolean mayBe = Tensors.mayBeInfinite(finished.graph(), node);
      for (Recipe.Stored tensor : Tensors.stored(node.op())) {
        infinite.put(tensor.name(), mayBe);
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (SafetensorsWriter.Tensor tensor : finished.tensors()) {
      boolean mayBe = infinite.getOrDefault(tensor.name(), false);
      float[] elements = tensor.data().get();
      for (int i = 0; i < elements.length; i++) {
        if (mayBe ? Float.isNaN(elements[i]) : !Float.isFinite(elements[i])) {
          String reason = "has the element %s at index %s".formatted(elements[i], i);
          String cure = "export the model again, from weights that are numbers";
          problems.add(new Problem("weight", tensor.name(), reason, cure));
          break;
        }
      }
    }
    return problems;
  }
}
