package dev.cnnc.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.spark.networks.Lenet5;
import dev.cnnc.spark.networks.Spy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of bad pictures, and how often networks are loaded and computed. */
class PictureJobsTest {
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
  void badPicturesHaveAReason(@TempDir Path folder) throws IOException {
    byte[] whole = Files.readAllBytes(Digits.FORTY.resolve("7-0000.png"));
    Files.write(folder.resolve("a-whole.png"), whole);
    Files.write(folder.resolve("b-half.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("c-text.png"), "no picture");
    Files.write(folder.resolve("d-short.png"), new byte[1]);
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      List<Row> rows =
          lenet5
              .classify(1)
              .on(Local.files(spark, folder).orderBy("path"), "content")
              .select("answer.classes", "answer.reason")
              .collectAsList();
      String none = "it is no picture: PNG, JPEG, GIF, BMP and TIFF can be read";
      assertThat(rows.stream().map(row -> row.getString(1)))
          .containsExactly(null, "it is damaged or cut short", none, none);
      assertThat(rows.stream().map(row -> row.isNullAt(0)))
          .containsExactly(false, true, true, true);
      assertThat(lenet5.count().answered()).isEqualTo(1);
      assertThat(lenet5.count().refused()).isEqualTo(3);
    }
  }

  @Test
  void nullHasAReason() {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      Dataset<Row> nothing = Local.column(spark, DataTypes.BinaryType, (Object) null);
      assertThat(lenet5.logits().on(nothing, "it").selectExpr("answer.*").collectAsList())
          .containsExactly(RowFactory.create(null, "it is null"));
    }
  }

  @Test
  void sqlCallsIt() {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      lenet5.classify(1).register("read_digit");
      Local.files(spark, Digits.FORTY).createOrReplaceTempView("digits");
      List<Row> sevens =
          spark
              .sql(
                  """
                  SELECT path FROM digits
                  WHERE read_digit(content).classes[0].label = '7'
                  """)
              .collectAsList();
      assertThat(sevens)
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.getString(0)).contains("/7-"));
    }
  }

  /** A deterministic function would be computed in the filter, and again for the result. */
  @Test
  void eachPictureIsComputedOnce() {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      List<Row> rows =
          lenet5
              .classify(1)
              .on(Local.files(spark, Digits.FORTY), "content")
              .filter("answer.reason IS NULL AND answer.classes[0].probability > 0")
              .select(col("answer.classes").getItem(0).getField("label"), col("answer.reason"))
              .collectAsList();
      assertThat(lenet5.count().answered()).isEqualTo(rows.size());
    }
  }

  /** The page of a stage shows what the interface for programs gives. */
  @Test
  void thePagesOfSparkShowTheCounts() throws IOException, InterruptedException {
    try (PictureNetwork<Lenet5> pages =
            PictureNetwork.of(spark, "pages", Lenet5::load, Lenet5::fork);
        HttpClient client = HttpClient.newHttpClient()) {
      int pictures =
          pages
              .logits()
              .on(Local.files(spark, Digits.FORTY), "content")
              .filter("answer.reason IS NULL")
              .collectAsList()
              .size();
      String address =
          "%s/api/v1/applications/%s/stages"
              .formatted(
                  spark.sparkContext().uiWebUrl().get(), spark.sparkContext().applicationId());
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      String stages = "";
      for (int tries = 0; tries < 100 && !stages.contains("pages: "); tries++) {
        Thread.sleep(100); // Spark's pages follow the jobs a moment later.
        stages = client.send(request, BodyHandlers.ofString()).body();
      }
      String flat = stages.replaceAll("\\s+", "");
      assertThat(flat)
          .contains("\"name\":\"pages:picturesanswered\",\"value\":\"" + pictures + "\"")
          .contains("\"name\":\"pages:loads\",\"value\":\"1\"")
          .containsPattern("\"name\":\"pages:mscomputing\",\"value\":\"[0-9]+\"")
          .containsPattern("\"name\":\"pages:msreading\",\"value\":\"[0-9]+\"")
          .contains("\"name\":\"pages:picturesrefused\"");
    }
  }

  /** Sixteen tasks, four at a time. */
  @Test
  void tasksShareTheWeights() {
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark)) {
      Dataset<Row> files = Local.files(spark, Digits.FORTY).repartition(16);
      assertThat(lenet5.classify(1).on(files, "content").filter("answer.reason IS NULL").count())
          .isGreaterThan(30);
      assertThat(lenet5.count().loads()).isEqualTo(1);
      assertThat(lenet5.logits().on(files, "content").filter("answer.reason IS NULL").count())
          .isGreaterThan(30);
      assertThat(lenet5.count().loads()).isEqualTo(1);
    }
  }

  @Test
  void columnsWithoutPicturesAreRefusedAtOnce() {
    Dataset<Row> texts = Local.column(spark, DataTypes.StringType, "a");
    Dataset<Row> numbers = Local.column(spark, DataTypes.createArrayType(DataTypes.FloatType));
    try (PictureNetwork<Lenet5> lenet5 = Local.lenet5(spark);
        PictureNetwork<Spy> spy = PictureNetwork.of(spark, "spy", Spy::load, Spy::fork)) {
      assertThatThrownBy(() -> lenet5.classify(1).on(texts, "it"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it: a column of string holds no pictures");
      assertThatThrownBy(() -> spy.detect(Spy::detect).on(numbers, "it"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it: a column of array<float> holds no pictures");
      Dataset<Row> unchecked = texts.select(lenet5.classify(1).of(col("it")));
      assertThatThrownBy(unchecked::collectAsList)
          .hasStackTraceContaining("a column of String holds no pictures");
    }
  }

  /** What is wrong with the program, not with a picture, fails the job. */
  @Test
  void aNetworkThatCannotBeLoadedFailsTheJob() {
    try (PictureNetwork<Lenet5> none =
        PictureNetwork.of(
            spark,
            "none",
            () -> {
              throw new IllegalStateException("no weights here");
            },
            Lenet5::fork)) {
      Dataset<Row> answers = none.logits().on(Local.files(spark, Digits.FORTY), "content");
      assertThatThrownBy(answers::collectAsList).hasStackTraceContaining("no weights here");
    }
  }
}
