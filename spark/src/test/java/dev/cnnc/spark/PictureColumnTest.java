package dev.cnnc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Prediction;
import dev.cnnc.spark.networks.Lenet5;
import dev.cnnc.spark.networks.Spy;
import dev.cnnc.spark.networks.Strip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers are those of the generated class, and what has none has a reason. */
class PictureColumnTest {
  private static final StructType IMAGE =
      StructType.fromDDL(
          "origin string, height int, width int, nChannels int, mode int, data binary");

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Local.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void classesAreThoseOfTheClass() throws IOException {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      List<Row> rows =
          lenet5
              .classify(3)
              .on(Local.files(spark, Digits.FORTY), "content")
              .filter("path LIKE '%png'")
              .collectAsList();
      assertThat(rows).hasSizeGreaterThan(30);
      Lenet5 network = Lenet5.load();
      for (Row row : rows) {
        Path file = Path.of(row.<String>getAs("path").replaceFirst("file:", ""));
        List<Prediction> expected = network.classify(PictureReader.read(file)).subList(0, 3);
        Row answer = row.getAs("answer");
        assertThat(answer.<String>getAs("reason")).isNull();
        assertThat(predictions(answer)).isEqualTo(expected);
      }
    }
  }

  private static List<Prediction> predictions(Row answer) {
    return answer.<Row>getList(0).stream()
        .map(each -> new Prediction(each.getInt(0), each.getString(1), each.getDouble(2)))
        .toList();
  }

  @Test
  void numbersAreTheInput() throws IOException {
    Lenet5 network = Lenet5.load();
    float[] input = new float[28 * 28];
    Float[] boxed = new Float[input.length];
    Double[] doubles = new Double[input.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = i % 29 / 29f;
      boxed[i] = input[i];
      doubles[i] = (double) input[i];
    }
    Float[] holed = boxed.clone();
    holed[5] = null;
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      DataType floats = DataTypes.createArrayType(DataTypes.FloatType);
      List<Row> rows =
          lenet5
              .logits()
              .on(Local.column(spark, floats, boxed, new Float[] {1f, 2f}, holed), "it")
              .selectExpr("answer.*")
              .collectAsList();
      assertThat(rows.get(0).<Float>getList(0)).isEqualTo(list(network.run(input)));
      assertThat(rows.get(1).getString(1)).contains("784", "2");
      assertThat(rows.get(2).getString(1)).isEqualTo("element 5 of its 784 is null");
      Row doubled =
          lenet5
              .classify(10)
              .on(
                  Local.column(
                      spark, DataTypes.createArrayType(DataTypes.DoubleType), (Object) doubles),
                  "it")
              .selectExpr("answer.*")
              .collectAsList()
              .getFirst();
      assertThat(predictions(doubled))
          .isEqualTo(Prediction.of(network.run(input), network.labels()));
    }
  }

  /** The image source has blue first; its alpha is blended with white, as in a file. */
  @Test
  void imagesOfSparkAreTheSame() throws IOException {
    Picture digit = PictureReader.read(Digits.FORTY.resolve("7-0000.png"));
    byte[] grey = new byte[784];
    byte[] blueGreenRed = new byte[3 * 784];
    byte[] withAlpha = new byte[4 * 784];
    for (int pixel = 0; pixel < 784; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        byte value = digit.rgb()[3 * pixel + channel];
        grey[pixel] = value;
        blueGreenRed[3 * pixel + 2 - channel] = value;
        withAlpha[4 * pixel + 2 - channel] = value;
      }
      withAlpha[4 * pixel + 3] = (byte) 255;
    }
    Dataset<Row> images =
        Local.column(
            spark,
            IMAGE,
            RowFactory.create("a", 28, 28, 1, 0, grey),
            RowFactory.create("b", 28, 28, 3, 16, blueGreenRed),
            RowFactory.create("c", 28, 28, 4, 24, withAlpha),
            RowFactory.create("bad", -1, -1, -1, -1, new byte[0]),
            RowFactory.create("cut", 28, 28, 1, 0, new byte[783]),
            RowFactory.create("wide", 28, 28, 3, 18, new byte[6 * 784]),
            RowFactory.create("null", 28, 28, 1, 0, null));
    Lenet5 network = Lenet5.load();
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      List<Row> rows = lenet5.classify(10).on(images, "it").selectExpr("answer.*").collectAsList();
      for (Row row : rows.subList(0, 3)) {
        assertThat(predictions(row)).isEqualTo(network.classify(digit));
      }
      assertThat(rows.subList(3, 7).stream().map(row -> row.getString(1)))
          .containsExactly(
              "the image source could not decode it",
              "28 by 28 pixels of 1 channels are not 783 bytes",
              "it has mode 18 and 3 channels; modes 0, 16 and 24 are read, with 1, 3 and 4"
                  + " channels",
              "its data is null");
    }
  }

  /** Colours of a struct go where those of a file go. */
  @Test
  void boxesAreInPixelsOfThePicture() {
    int[][] pixels = {{96, 64, 1}, {224, 32, 8}, {80, 48, 12}, {64, 96, 2}};
    byte[] data = new byte[3 * 16 * 32];
    for (int pixel = 0; pixel < 16 * 32; pixel++) {
      int x = pixel % 32 / 2;
      int y = pixel / 32 / 2;
      for (int channel = 0; channel < 3 && x < 2 && y < 2; channel++) {
        data[3 * pixel + 2 - channel] = (byte) pixels[2 * y + x][channel];
      }
    }
    Dataset<Row> images = Local.column(spark, IMAGE, RowFactory.create("", 16, 32, 3, 16, data));
    try (PictureNetwork<Spy> spy = PictureNetwork.of(spark, "spy", Spy::load, Spy::fork)) {
      List<Row> found =
          spy.detect(Spy::detect)
              .on(images, "it", "seen")
              .selectExpr("inline(seen.detections)")
              .collectAsList();
      assertThat(found)
          .containsExactly(
              row(row(8f, 7f, 16f, 13f), 0.75f, 1, "dog"),
              row(row(26f, 2f, 30f, 14f), 0.5f, 0, "cat"));
    }
  }

  private static Row row(float left, float top, float right, float bottom) {
    return RowFactory.create(left, top, right, bottom);
  }

  private static Row row(Row box, float score, int index, String label) {
    return RowFactory.create(
        box, score, index, label, new scala.collection.mutable.ArraySeq.ofRef<>(new Row[0]));
  }

  @Test
  void aNetworkOfSeveralSizesTakesThatOfThePicture() {
    Dataset<Row> images =
        Local.column(
            spark,
            IMAGE,
            RowFactory.create("", 2, 4, 1, 0, new byte[] {9, 1, 0, 0, 0, 0, 0, 0}),
            RowFactory.create(
                "", 2, 8, 1, 0, new byte[] {1, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    try (PictureNetwork<Strip> strip =
        PictureNetwork.of(spark, "strip", Strip::load, Strip::fork)) {
      assertThat(
              strip
                  .classify(1)
                  .on(images, "it")
                  .selectExpr("answer.classes[0].label")
                  .collectAsList())
          .containsExactly(RowFactory.create("first"), RowFactory.create("second"));
      List<Row> numbers =
          strip
              .logits()
              .on(
                  Local.column(
                      spark,
                      DataTypes.createArrayType(DataTypes.FloatType),
                      new Float[] {3f, 4f, 0f, 0f, 0f, 0f, 0f, 0f},
                      new Float[] {3f}),
                  "it")
              .selectExpr("answer.*")
              .collectAsList();
      assertThat(numbers.get(0).getList(0)).isEqualTo(List.of(3f, 4f));
      assertThat(numbers.get(1).getString(1)).isEqualTo("strip: 0 of its 2 sizes take 1 numbers");
    }
  }

  @Test
  void typesAreDocumented() {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark);
        PictureNetwork<Spy> spy = PictureNetwork.of(spark, "spy", Spy::load, Spy::fork)) {
      List<String> types = new ArrayList<>();
      Stream.of(lenet5.classify(1), lenet5.logits(), spy.detect(Spy::detect))
          .forEach(column -> types.add(column.type().catalogString()));
      assertThat(types)
          .containsExactly(
              "struct<classes:array<struct<index:int,label:string,probability:double>>,"
                  + "reason:string>",
              "struct<logits:array<float>,reason:string>",
              "struct<detections:array<struct<box:struct<left:float,top:float,right:float,"
                  + "bottom:float>,score:float,index:int,label:string,"
                  + "landmarks:array<struct<x:float,y:float>>>>,reason:string>");
    }
  }

  private static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
