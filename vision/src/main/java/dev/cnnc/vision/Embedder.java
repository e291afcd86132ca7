package dev.cnnc.vision;

import dev.cnnc.runtime.Placement;
import dev.cnnc.runtime.Signature;
import java.util.List;
import java.util.Optional;

/**
 * Turns a picture into a vector, the first output: {@code embed { ... }} in a file.
 *
 * @param normal whether the vector gets the length 1, as {@code torch.nn.functional.normalize} does
 */
public record Embedder(boolean normal) implements Answer<Embedding> {
  private static final double LEAST_LENGTH = 1e-12;

  @Override
  public Optional<String> refusal(Signature signature) {
    return Optional.empty();
  }

  @Override
  public Optional<Integer> names(Signature signature) {
    return Optional.empty();
  }

  @Override
  public Embedding of(
      Signature signature, List<String> labels, float[][] outputs, Placement placement) {
    float[] values = outputs[0].clone();
    if (normal) {
      double squares = 0;
      for (float value : values) {
        squares += (double) value * value;
      }
      double length = Math.max(LEAST_LENGTH, Math.sqrt(squares));
      for (int index = 0; index < values.length; index++) {
        values[index] = (float) (values[index] / length);
      }
    }
    return new Embedding(values);
  }
}
