package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cnnc report} of a folder, of two reports, and with times. */
class ReportOfSeveralTest {
  private static final String SMALL =
      """
      network small
      input x [1, 8, 8]
      weights synthetic
      x -> conv(4, 3x3) -> relu -> flatten -> fc(10)
      """;

  private static final String LARGE =
      """
      network large
      input x [1, 8, 8]
      weights synthetic
      x -> conv(40, 3x3) -> relu -> flatten -> fc(10)
      """;

  @TempDir private Path folder;
  private Path page;

  @BeforeEach
  void write() {
    page = folder.resolve("page.html");
    Cnnc.file(folder, "small.cnn", SMALL);
    Cnnc.file(folder, "large.cnn", LARGE);
    Cnnc.file(folder, "blocks.cnn", "block twice(n) = conv(n, 3x3) -> conv(n, 3x3)\n");
  }

  @Test
  void aFolderHasItsNetworksAndNoFileOfBlocks() {
    Path table = Cnnc.file(folder, "table.csv", "network,top-1\nsmall, 61.5\n\nother,3\n");
    Cnnc cnnc = Cnnc.run("report", folder, "--json", "--accuracy", table);
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.err()).isEmpty();
    JsonNode json = new JsonMapper().readTree(cnnc.out());
    assertThat(json.get("accuracyName").asString()).isEqualTo("top-1");
    assertThat(json.get("networks").size()).isEqualTo(2);
    JsonNode large = json.get("networks").get(0);
    JsonNode small = json.get("networks").get(1);
    assertThat(large.get("network").asString()).isEqualTo("large");
    assertThat(large.has("accuracy")).isFalse();
    assertThat(small.get("accuracy").asDouble()).isEqualTo(61.5);
    assertThat(small.get("file").asString()).isEqualTo("small.cnn");
    JsonNode cost =
        new JsonMapper().readTree(Cnnc.run("cost", folder.resolve("small.cnn"), "--json").out());
    assertThat(small.get("memoryBytes")).isEqualTo(cost.get("memoryBytes"));
    assertThat(small.get("macs")).isEqualTo(cost.get("macs"));
  }

  @Test
  void aProfileGivesTheTimesOfAFolder() throws IOException {
    Path profile = SomeProfile.write(folder, ThisCompiler.version());
    JsonNode json =
        new JsonMapper().readTree(Cnnc.run("report", folder, "--json", "--on", profile).out());
    JsonNode cost =
        new JsonMapper()
            .readTree(
                Cnnc.run("cost", folder.resolve("small.cnn"), "--json", "--on", profile).out());
    assertThat(json.get("networks").get(1).get("nanoseconds").asLong())
        .isPositive()
        .isEqualTo(Math.round(1e6 * cost.get("predictedMilliseconds").asDouble()));
  }

  @Test
  void aFaultyNetworkIsLeftOutAndToldOf() {
    Cnnc.file(folder, "faulty.cnn", "network faulty\ninput x [1, 8, 8]\nx -> cnv(4)\n");
    Cnnc cnnc = Cnnc.run("report", folder, "-o", page);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("faulty.cnn:3").contains("error[");
    assertThat(page).content().contains("small.cnn").doesNotContain("faulty");
  }

  @Test
  void aFolderWithoutNetworksHasNoReport() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Cnnc cnnc = Cnnc.run("report", empty, "-o", page);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("has no network");
    assertThat(page).doesNotExist();
  }

  @Test
  void aBadTableSaysWhereAndWhatItWants() {
    Path table = Cnnc.file(folder, "table.csv", "network,top-1\nsmall,good\n");
    assertThat(Cnnc.run("report", folder, "--accuracy", table, "-o", page).err())
        .contains("table.csv:2: a line has a number in its second cell, not good");
    Cnnc.file(folder, "table.csv", "network,top-1\nsmall\n");
    assertThat(Cnnc.run("report", folder, "--accuracy", table, "-o", page).err())
        .contains("table.csv:2: a line has two cells");
  }

  @Test
  void twoReportsAreCompared() {
    Path before = json("small");
    Path after = json("large");
    Cnnc cnnc = Cnnc.run("report", "--compare", before, after, "-o", page);
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.status()).isZero();
    String text = Cnnc.read(page);
    String data = text.substring(text.indexOf("id=\"data\">") + 10);
    JsonNode both = new JsonMapper().readTree(data.substring(0, data.indexOf("</script>")));
    assertThat(both.get("before").get("name").asString()).isEqualTo("small.json");
    assertThat(both.get("after").get("report"))
        .isEqualTo(new JsonMapper().readTree(Cnnc.read(after)));
  }

  @Test
  void whatIsNoReportIsNotCompared() {
    Path whole = json("small");
    String text = Cnnc.read(whole);
    Path cut = Cnnc.file(folder, "cut.json", text.substring(0, text.length() / 2));
    assertThat(Cnnc.run("report", "--compare", whole, cut, "-o", page).err())
        .contains("cut.json is no report of a network: cnnc report net.cnn --json prints one");
    Path network = folder.resolve("small.cnn");
    assertThat(Cnnc.run("report", "--compare", network, whole, "-o", page).status()).isEqualTo(1);
    assertThat(page).doesNotExist();
    assertThat(Cnnc.run("report", "--compare", whole).err()).contains("--compare takes two files");
    assertThat(Cnnc.run("report", whole, whole).err()).contains("--compare takes two files");
  }

  @Test
  void measuresEveryStep() {
    Cnnc cnnc =
        Cnnc.run("report", folder.resolve("small.cnn"), "--measure", "--json", "--threads", "2");
    assertThat(cnnc.status()).isZero();
    JsonNode json = new JsonMapper().readTree(cnnc.out());
    JsonNode times = json.get("times").get(0);
    assertThat(times.get("name").asString()).isEqualTo("measured");
    assertThat(times.get("where").asString()).startsWith("2 threads, ");
    assertThat(times.get("nanoseconds").asLong()).isPositive();
    assertThat(times.get("peakGigaflops").asDouble()).isPositive();
    assertThat(times.get("steps").size()).isEqualTo(json.get("steps").size());
  }

  private Path json(String name) {
    Cnnc cnnc = Cnnc.run("report", folder.resolve(name + ".cnn"), "--json");
    return Cnnc.file(folder, name + ".json", cnnc.out());
  }
}
