package dev.cnnc.spark;

import dev.cnnc.spark.networks.Lenet5;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Spark in the JVM of the test, with four tasks at a time. */
final class Local {
  private Local() {}

  /** With its pages on a free port. */
  static SparkSession session() {
    return SparkSession.builder()
        .master("local[4]")
        .appName("cnnc-spark")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.port", "0")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", "target/warehouse")
        .getOrCreate();
  }

  static PictureNetwork<Lenet5> lenet5(SparkSession spark) {
    return PictureNetwork.of(spark, "lenet5", Lenet5::load, Lenet5::fork);
  }

  static Dataset<Row> files(SparkSession spark, Path folder) {
    return spark.read().format("binaryFile").load(folder.toString());
  }

  /** A dataset of one column, {@code it}. */
  static Dataset<Row> column(SparkSession spark, DataType type, Object... cells) {
    return spark.createDataFrame(
        Arrays.stream(cells).map(RowFactory::create).toList(), new StructType().add("it", type));
  }
}
