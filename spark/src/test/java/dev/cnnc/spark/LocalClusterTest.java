package dev.cnnc.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.spark.networks.Lenet5;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All digits of MNIST on two workers, whose executors are processes of their own. They serialise
 * with Kryo, as many clusters do.
 */
class LocalClusterTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() throws IOException {
    // Workers look for Spark's jars there, and find none: executors have the class path of the
    // test.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    spark =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("cnnc-spark")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.executor.memory", "512m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
            .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
            .config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.sql.files.openCostInBytes", "0")
            .config("spark.sql.files.minPartitionNum", "40")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", "target/warehouse")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void aLostExecutorLosesNothing(@TempDir Path folder) throws IOException {
    Digits.write(folder);
    byte[] whole = Files.readAllBytes(folder.resolve("7-0.png"));
    Files.write(folder.resolve("0-half.png"), Arrays.copyOf(whole, 100));
    Files.writeString(folder.resolve("0-text.png"), "no picture");
    Dataset<Row> digits = spark.read().format("binaryFile").load(folder.toString());
    try (PictureNetwork<Lenet5> lenet5 =
        PictureNetwork.of(spark, "lenet5", Lenet5::load, Lenet5::fork)) {
      Killer killer = new Killer(3);
      spark.sparkContext().addSparkListener(killer);
      List<Row> rows =
          lenet5
              .classify(1)
              .on(digits, "content")
              .select(
                  element_at(split(col("path"), "/"), -1).as("name"),
                  col("answer.classes").getItem(0).getField("label").as("label"),
                  col("answer.reason"))
              .collectAsList();
      assertThat(killer.killed()).isTrue();
      assertThat(killer.lost()).isEqualTo(1);
      assertThat(rows).hasSize(10_002);
      assertThat(rows.stream().map(row -> row.getString(0)).distinct()).hasSize(10_002);
      assertThat(
              rows.stream()
                  .filter(row -> row.getString(0).substring(0, 1).equals(row.getString(1))))
          .hasSize(9903);
      assertThat(rows.stream().filter(row -> !row.isNullAt(2)).map(row -> row.getString(0)))
          .containsExactlyInAnyOrder("0-half.png", "0-text.png");
      assertThat(lenet5.count().answered()).isGreaterThanOrEqualTo(10_000);
    }
  }

  /** Two executors, twenty tasks, two networks loaded. */
  @Test
  void anExecutorLoadsOnce() {
    Dataset<Row> digits =
        spark.read().format("binaryFile").load(Digits.FORTY.toString()).repartition(20);
    try (PictureNetwork<Lenet5> lenet5 =
        PictureNetwork.of(spark, "lenet5", Lenet5::load, Lenet5::fork)) {
      List<Row> rows =
          lenet5.classify(1).on(digits, "content").select("path", "answer.reason").collectAsList();
      assertThat(rows).hasSizeGreaterThan(30);
      assertThat(lenet5.count().loads()).isEqualTo(2);
    }
  }
}
