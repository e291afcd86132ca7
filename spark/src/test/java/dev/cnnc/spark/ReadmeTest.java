package dev.cnnc.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.spark.networks.Lenet5;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents show the code of the first test, which runs. */
class ReadmeTest {
  private static final Pattern BLOCK =
      Pattern.compile("```java\\n(PictureNetwork<Lenet5>.*?)```", Pattern.DOTALL);

  @Test
  void theCodeRuns() throws IOException {
    String digits = Digits.FORTY + "/*.png";
    try (SparkSession spark = Local.session()) {
      PictureNetwork<Lenet5> lenet5 =
          PictureNetwork.of(spark, "lenet5", Lenet5::load, Lenet5::fork);
      Dataset<Row> files = spark.read().format("binaryFile").load(digits);
      Dataset<Row> answers = lenet5.classify(1).on(files, "content");
      List<Row> bad = answers.filter("answer.reason IS NOT NULL").select("path").collectAsList();

      lenet5.classify(1).register("read_digit");
      files.createOrReplaceTempView("files");
      List<Row> sevens =
          spark
              .sql("SELECT path FROM files WHERE read_digit(content).classes[0].label = '7'")
              .collectAsList();

      assertThat(bad).isEmpty();
      assertThat(sevens).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/spark.md"})
  void theDocumentsShowIt(String document) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", document)));
    assertThat(block.find()).isTrue();
    String shown = block.group(1).replace("\"digits/*.png\"", "digits");
    String source = Files.readString(Path.of("src/test/java/dev/cnnc/spark/ReadmeTest.java"));
    assertThat(source.replaceAll("\\s+", "")).contains(shown.replaceAll("\\s+", ""));
  }
}
