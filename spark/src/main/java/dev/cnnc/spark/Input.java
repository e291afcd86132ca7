package dev.cnnc.spark;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.GeneratedNetwork;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.NetworkSizes;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Preprocessor;
import dev.cnnc.runtime.Signature;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What a cell of the column holds. */
sealed interface Input {

  /** The instance to run: that of the right size. */
  CompiledNetwork among(GeneratedNetwork network);

  /** The numbers to run it with, in the order channels, rows, columns. */
  float[] numbers(CompiledNetwork network);

  /** A picture, for the preprocess clause of the network. */
  record Pixels(Picture picture) implements Input {
    @Override
    public CompiledNetwork among(GeneratedNetwork network) {
      return switch (network) {
        case NetworkSizes sizes -> sizes.at(sizes.sizeFor(picture));
        case CompiledNetwork one -> one;
        case NetworkInstance several -> throw severalInputs(several);
      };
    }

    @Override
    public float[] numbers(CompiledNetwork network) {
      return new Preprocessor(network.signature()).input(picture);
    }
  }

  /** The input itself, as {@code run} takes it. */
  @SuppressWarnings("ArrayRecordComponent") // Identity is enough.
  record Numbers(float[] values) implements Input {
    @Override
    public CompiledNetwork among(GeneratedNetwork network) {
      return switch (network) {
        case NetworkSizes sizes -> sizes.at(sizeOf(sizes.signatures()));
        case CompiledNetwork one -> one;
        case NetworkInstance several -> throw severalInputs(several);
      };
    }

    private int sizeOf(List<Signature> sizes) {
      List<Signature> fitting =
          sizes.stream().filter(size -> size.input().size() == values.length).toList();
      if (fitting.size() != 1) {
        throw new IllegalArgumentException(
            "%s: %s of its %s sizes take %s numbers"
                .formatted(
                    sizes.getFirst().network(), fitting.size(), sizes.size(), values.length));
      }
      return sizes.indexOf(fitting.getFirst());
    }

    @Override
    public float[] numbers(CompiledNetwork network) {
      return values;
    }
  }

  private static IllegalStateException severalInputs(NetworkInstance network) {
    return new IllegalStateException(
        "%s has %s inputs, and a column fills one"
            .formatted(network.signature().network(), network.signature().inputs().size()));
  }

  /**
   * Reads a cell.
   *
   * @throws Refusal if it holds no picture that can be read
   * @throws IllegalArgumentException if the column has another type
   */
  static Input of(@Nullable Object cell) throws Refusal {
    return switch (cell) {
      case null -> throw new Refusal("it is null");
      case byte[] file -> new Pixels(read(file));
      case Row image -> new Pixels(ImageRow.picture(image));
      case scala.collection.Seq<?> numbers -> new Numbers(floats(numbers));
      default -> throw new IllegalArgumentException(wrong(cell.getClass().getSimpleName()));
    };
  }

  private static Picture read(byte[] file) throws Refusal {
    try {
      return PictureReader.read(file, "it");
    } catch (IOException damaged) {
      throw new Refusal(String.valueOf(damaged.getMessage()));
    }
  }

  private static float[] floats(scala.collection.Seq<?> numbers) throws Refusal {
    float[] values = new float[numbers.length()];
    for (int index = 0; index < values.length; index++) {
      Object value = numbers.apply(index);
      if (!(value instanceof Number number)) {
        throw new Refusal("element %s of its %s is null".formatted(index, values.length));
      }
      values[index] = number.floatValue();
    }
    return values;
  }

  /** What is wrong with a column of this type, before a job begins. */
  static Optional<String> complaint(DataType type, boolean numbers) {
    boolean known =
        switch (type) {
          case BinaryType binary -> true;
          case StructType struct -> ImageRow.fits(struct);
          case ArrayType array ->
              numbers
                  && (array.elementType() instanceof FloatType
                      || array.elementType() instanceof DoubleType);
          default -> false;
        };
    return known ? Optional.empty() : Optional.of(wrong(type.catalogString()));
  }

  private static String wrong(String type) {
    return "a column of %s holds no pictures: it must be binary (the content of a file),"
            .formatted(type)
        + " a struct of the image source, or, except for boxes, an array of float or double";
  }
}
