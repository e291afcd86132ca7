package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportCommandTest {
  private static final String BUDGET =
      """
      network tight
      budget { parameters <= 10; arena <= 1 MiB }
      input x [1, 4, 4]
      weights synthetic
      x -> conv(2, 3x3)
      """;

  @TempDir private Path folder;

  @Test
  void writesOnePageThatNeedsNothingElse() {
    Path page = folder.resolve("page.html");
    Cnnc cnnc = Cnnc.run("report", Cnnc.LENET5, "-o", page);
    assertThat(cnnc.out()).isEqualTo(page + "\n");
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.status()).isZero();
    String text = Cnnc.read(page);
    assertThat(text)
        .startsWith("<!doctype html>")
        .contains("default-src 'none'")
        .contains("Copyright (c) 2012-2014 Chris Pettitt")
        .doesNotContain("{{")
        .doesNotContainPattern("(src|href)=")
        .doesNotContainPattern("(?m)^(import|export) ");
    // One end of a script for each beginning: no text of a network ends one.
    assertThat(occurrences("</script>", text)).isEqualTo(occurrences("<script", text));
  }

  @Test
  void theSameNetworkMakesTheSameBytesWhereverTheCommandIsStarted() {
    Path first = folder.resolve("first.html");
    Path second = folder.resolve("second.html");
    Cnnc.run("report", Cnnc.RESNET20, "-o", first);
    Cnnc.run("report", Path.of(Cnnc.RESNET20).toAbsolutePath(), "-o", second);
    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void textsOfTheNetworkCannotEndTheirScript() {
    String text =
        "// </script><!-- \nnetwork evil\ninput x [1, 4, 4]\nweights synthetic\nx -> tanh";
    Path page = folder.resolve("page.html");
    Cnnc.run("report", Cnnc.file(folder, "evil.cnn", text), "-o", page);
    assertThat(Cnnc.read(page)).contains("// \\u003c/script>\\u003c!--").doesNotContain("<!-- ");
  }

  @Test
  void totalsAreThoseOfTheCost() {
    JsonNode cost = json("cost", Cnnc.LENET5);
    JsonNode totals = json("report", Cnnc.LENET5).get("totals");
    assertThat(totals.propertyNames()).contains("arenaBytes", "classBytes");
    totals
        .properties()
        .forEach(each -> assertThat(cost.get(each.getKey())).isEqualTo(each.getValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"networks/googlenet", "networks/densenet121", "networks/lenet5"})
  void stepsAndTheArenaAddUp(String network) {
    JsonNode report = json("report", Cnnc.EXAMPLES + "cnn/" + network + ".cnn");
    JsonNode totals = report.get("totals");
    assertThat(sum(report.get("steps"), "parameters")).isEqualTo(totals.get("parameters").asLong());
    assertThat(sum(report.get("steps"), "multiplications"))
        .isEqualTo(totals.get("multiplications").asLong());
    for (int index = 0; index < report.get("steps").size(); index++) {
      int step = index;
      List<JsonNode> alive =
          StreamSupport.stream(report.get("arena").spliterator(), false)
              .filter(each -> each.get("from").asInt() <= step && step < each.get("to").asInt())
              .toList();
      assertThat(sum(alive, "bytes"))
          .isEqualTo(report.get("steps").get(index).get("aliveBytes").asLong());
    }
  }

  @Test
  void layersKnowTheirLineAndWhyTheirKernelWasChosen() {
    JsonNode report = json("report", Cnnc.RESNET20);
    JsonNode layer = named(report.get("layers"), "layer1.0.conv1");
    assertThat(layer.get("call").asString()).startsWith("conv 16@3x3");
    assertThat(layer.get("line").asInt()).isPositive();
    assertThat(layer.get("offers").size()).isGreaterThan(1);
    assertThat(StreamSupport.stream(layer.get("offers").spliterator(), false))
        .filteredOn(offer -> offer.get("taken").asBoolean())
        .hasSize(1);
  }

  @Test
  void everyStepHasItsMethodInTheClass() {
    Path page = folder.resolve("page.html");
    Cnnc.run("report", Cnnc.RESNET20, "-o", page);
    String text = Cnnc.read(page);
    JsonNode steps = json("report", Cnnc.RESNET20).get("steps");
    assertThat(steps.size()).isGreaterThan(20);
    for (JsonNode step : steps) {
      String method = step.get("method").asString();
      assertThat(text).contains(" " + method + "(int from, int to, int worker) {");
      assertThat(text).contains("void " + step.get("entry").asString() + "(");
    }
  }

  @Test
  void aBrokenBudgetIsShownAndIsNoError() {
    JsonNode budget = json("report", Cnnc.file(folder, "tight.cnn", BUDGET)).get("budget");
    assertThat(budget.size()).isEqualTo(2);
    assertThat(budget.get(0).get("measure").asString()).isEqualTo("parameters");
    assertThat(budget.get(0).get("used").asLong()).isEqualTo(20);
    assertThat(budget.get(0).get("limit").asLong()).isEqualTo(10);
    assertThat(budget.get(1).get("line").asInt()).isEqualTo(2);
  }

  @Test
  void aLatencyWithoutItsProfileIsUnknown() {
    String text = BUDGET.replace("arena <= 1 MiB", "latency <= 2 ms on \"none.json\"");
    JsonNode latency = json("report", Cnnc.file(folder, "slow.cnn", text)).get("budget").get(1);
    assertThat(latency.get("unit").asString()).isEqualTo("nanoseconds");
    assertThat(latency.get("limit").asLong()).isEqualTo(2_000_000);
    assertThat(latency.has("used")).isFalse();
    assertThat(latency.get("unknown").asString()).contains("none.json: it does not exist");
  }

  @Test
  void aFaultyFileHasNoReport() {
    Path page = folder.resolve("page.html");
    Cnnc cnnc = Cnnc.run("report", Cnnc.file(folder, "a.cnn", "network a"), "-o", page);
    assertThat(cnnc.status()).isEqualTo(1);
    assertThat(cnnc.err()).contains("error[");
    assertThat(page).doesNotExist();
  }

  private static JsonNode json(String command, Object file) {
    return new JsonMapper().readTree(Cnnc.run(command, file, "--json").out());
  }

  private static JsonNode named(JsonNode layers, String name) {
    return StreamSupport.stream(layers.spliterator(), false)
        .filter(layer -> layer.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long sum(Iterable<JsonNode> all, String part) {
    return StreamSupport.stream(all.spliterator(), false)
        .mapToLong(each -> each.get(part).asLong())
        .sum();
  }

  private static long occurrences(String word, String text) {
    return Pattern.compile(Pattern.quote(word)).matcher(text).results().count();
  }
}
