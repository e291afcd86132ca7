package dev.cnnc.spark;

import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.GeneratedNetwork;
import dev.cnnc.runtime.Prediction;
import dev.cnnc.vision.Box;
import dev.cnnc.vision.Detection;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a column asks a network.
 *
 * @param <N> the generated class
 */
sealed interface Question<N extends GeneratedNetwork> extends Serializable {

  /** The name of the field with the answer. */
  String field();

  /** The type of the answer. */
  DataType type();

  /** Whether it can be asked about an array of numbers. */
  boolean takesNumbers();

  /**
   * The answer, of {@link #type}.
   *
   * @throws IllegalArgumentException if the input does not fit the network
   */
  Object answer(N network, Input input);

  /** The first output. */
  record Logits<N extends GeneratedNetwork>() implements Question<N> {
    @Override
    public String field() {
      return "logits";
    }

    @Override
    public DataType type() {
      return DataTypes.createArrayType(DataTypes.FloatType, false);
    }

    @Override
    public boolean takesNumbers() {
      return true;
    }

    @Override
    public Object answer(N network, Input input) {
      CompiledNetwork instance = input.among(network);
      return instance.run(input.numbers(instance));
    }
  }

  /** The most probable classes. */
  record Classes<N extends GeneratedNetwork>(int most) implements Question<N> {
    @Override
    public String field() {
      return "classes";
    }

    @Override
    public DataType type() {
      return arrayOf(
          part("index", DataTypes.IntegerType),
          part("label", DataTypes.StringType),
          part("probability", DataTypes.DoubleType));
    }

    @Override
    public boolean takesNumbers() {
      return true;
    }

    @Override
    public Object answer(N network, Input input) {
      CompiledNetwork instance = input.among(network);
      List<Prediction> all =
          Prediction.of(instance.run(input.numbers(instance)), instance.labels());
      return all.stream()
          .limit(most)
          .map(each -> RowFactory.create(each.index(), each.label(), each.probability()))
          .toArray(Row[]::new);
    }
  }

  /** The boxes of a detector. */
  record Boxes<N extends GeneratedNetwork>(PictureNetwork.Finder<N> finder) implements Question<N> {
    @Override
    public String field() {
      return "detections";
    }

    @Override
    public DataType type() {
      return arrayOf(
          part(
              "box",
              struct(
                  part("left", DataTypes.FloatType),
                  part("top", DataTypes.FloatType),
                  part("right", DataTypes.FloatType),
                  part("bottom", DataTypes.FloatType))),
          part("score", DataTypes.FloatType),
          part("index", DataTypes.IntegerType),
          part("label", DataTypes.StringType),
          part(
              "landmarks",
              arrayOf(part("x", DataTypes.FloatType), part("y", DataTypes.FloatType))));
    }

    @Override
    public boolean takesNumbers() {
      return false;
    }

    @Override
    public Object answer(N network, Input input) {
      return switch (input) {
        case Input.Pixels pixels ->
            finder.detect(network, pixels.picture()).stream().map(Boxes::row).toArray(Row[]::new);
        case Input.Numbers numbers ->
            throw new IllegalStateException(
                "boxes need pictures, not arrays of %s numbers".formatted(numbers.values().length));
      };
    }

    private static Row row(Detection found) {
      Box box = found.box();
      return RowFactory.create(
          RowFactory.create(box.left(), box.top(), box.right(), box.bottom()),
          found.score(),
          found.index(),
          found.label(),
          found.landmarks().stream()
              .map(point -> RowFactory.create(point.x(), point.y()))
              .toArray(Row[]::new));
    }
  }

  private static DataType arrayOf(StructField... parts) {
    return DataTypes.createArrayType(struct(parts), false);
  }

  private static StructType struct(StructField... parts) {
    return DataTypes.createStructType(parts);
  }

  private static StructField part(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }
}
