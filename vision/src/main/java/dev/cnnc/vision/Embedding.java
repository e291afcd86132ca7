package dev.cnnc.vision;

/**
 * What a network says about a picture, as a vector.
 *
 * @param values not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Vectors are compared by their angle.
public record Embedding(float[] values) {

  /**
   * The cosine of the angle between two vectors: 1 where they point to the same side, 0 where one
   * of them is zero.
   */
  public double similarity(Embedding other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException(
          "vectors of %s and %s numbers".formatted(values.length, other.values.length));
    }
    double product = 0;
    double one = 0;
    double two = 0;
    for (int index = 0; index < values.length; index++) {
      product += (double) values[index] * other.values[index];
      one += (double) values[index] * values[index];
      two += (double) other.values[index] * other.values[index];
    }
    double lengths = Math.sqrt(one) * Math.sqrt(two);
    return lengths > 0 ? product / lengths : 0;
  }
}
