package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import java.util.Optional;
import java.util.SequencedMap;

/** The inputs and outputs of a network before it is planned, as the runtime sees them later. */
final class OuterShapes {
  private OuterShapes() {}

  /** The signature, if all shapes are known; its memory is not. */
  static Optional<Signature> signature(
      SequencedMap<String, Optional<Shape>> entering,
      SequencedMap<String, Optional<Shape>> leaving) {
    boolean known =
        !entering.isEmpty()
            && !leaving.isEmpty()
            && entering.values().stream().allMatch(Optional::isPresent)
            && leaving.values().stream().allMatch(Optional::isPresent);
    return known
        ? Optional.of(
            new Signature(
                "",
                entering.entrySet().stream()
                    .map(
                        each ->
                            new Signature.Input(
                                each.getKey(),
                                view(each.getValue().orElseThrow()),
                                Optional.empty()))
                    .toList(),
                leaving.entrySet().stream()
                    .map(
                        each ->
                            new Signature.Output(
                                each.getKey(), view(each.getValue().orElseThrow())))
                    .toList(),
                0,
                0))
        : Optional.empty();
  }

  private static View view(Shape shape) {
    int channels = shape.channels();
    return new View(0, channels, shape.height(), shape.width(), channels, shape.width() * channels);
  }
}
