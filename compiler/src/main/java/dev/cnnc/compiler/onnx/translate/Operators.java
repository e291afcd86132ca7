package dev.cnnc.compiler.onnx.translate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of all importable operators and patterns. */
final class Operators {

  private final Map<String, Translator> operators = new HashMap<>();
  private final List<Pattern> patterns =
      List.of(
          new SelfGated(),
          new Gelu(),
          new HardSigmoids(),
          new DecomposedNorm(),
          new DecomposedGroupNorm(),
          new HeadedAttention(),
          new Piecewise());

  Operators() {
    List.of(
            SumOperators.all(),
            PoolOperators.all(),
            FunctionOperators.all(),
            ArithmeticOperators.all(),
            NormOperators.all(),
            ViewOperators.all(),
            PartOperators.all(),
            ReduceOperators.all(),
            PixelOperators.all(),
            ResizeOperators.all(),
            GridSampling.all(),
            SpelledNorms.all(),
            SpelledProducts.all(),
            SpelledPieces.all(),
            SpelledIndices.all(),
            Einsum.all(),
            TruthOperators.all(),
            QuantizedOperators.all())
        .forEach(operators::putAll);
  }

  Optional<Translator> find(String name) {
    return Optional.ofNullable(operators.get(name));
  }

  List<Pattern> patterns() {
    return patterns;
  }
}
