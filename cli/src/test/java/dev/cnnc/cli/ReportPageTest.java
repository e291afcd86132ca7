package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of {@code cnnc report} in a real browser. */
class ReportPageTest {
  private static final String GOOGLENET = Cnnc.EXAMPLES + "cnn/networks/googlenet.cnn";

  @TempDir private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    for (String network : List.of(Cnnc.LENET5, Cnnc.RESNET20, GOOGLENET)) {
      assertThat(Cnnc.run("report", network, "-o", page(network)).status()).isZero();
    }
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "360, light, " + Cnnc.LENET5,
    "1600, dark, " + Cnnc.LENET5,
    "360, dark, " + Cnnc.RESNET20,
    "1600, light, " + Cnnc.RESNET20,
    "360, dark, " + GOOGLENET,
    "1600, light, " + GOOGLENET
  })
  void opensWithoutComplaintsAndFitsTheWindow(int width, String colours, String network) {
    open(network, width, colours);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.number("document.documentElement.scrollWidth"))
        .isEqualTo(browser.number("document.documentElement.clientWidth"));
    assertThat(browser.number("performance.getEntriesByType('resource').length")).isZero();
    assertThat(count(".box")).isPositive();
    assertThat(count("#steps tbody tr")).isEqualTo(count(".alive") * steps(network));
    assertThat(count("#arena .block")).isPositive();
    assertThat(count(".dot")).isPositive();
    assertThat(browser.number("document.querySelector('#arena svg').clientWidth"))
        .isBetween(width / 3, width);
    int brightness =
        browser.number("+getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)");
    assertThat(brightness < 128).isEqualTo(colours.equals("dark"));
  }

  @Test
  void leadsToEachSizeOfTheInput() throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("lines.cnn"),
            """
            network lines
            input line [1, 4, 8] or [1, 4, 16]
            line -> conv(4, 3x3, pad: 1) -> relu -> maxpool(4x1)
            """);
    String path = network.toString();
    assertThat(Cnnc.run("report", path, "-o", page(path)).status()).isZero();
    open(path, 1600, "light");
    assertThat(element(".sizes [aria-current]").getText()).isEqualTo("4x8");
    String before = element(".tiles").getText();
    element(".sizes a:not([aria-current])").click();
    assertThat(element(".sizes [aria-current]").getText()).isEqualTo("4x16");
    assertThat(element(".tiles").getText()).isNotEqualTo(before);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void sortsByAnyColumnInBothDirections() {
    open(Cnnc.RESNET20, 1600, "light");
    WebElement head = element("#steps button[data-column='multiplications']");
    head.click();
    assertThat(firstRow("multiplications")).isEqualTo(browser.number("most('multiplications')"));
    assertThat(element("#steps th[aria-sort='descending']").getText()).contains("multiplied");
    head.click();
    assertThat(firstRow("multiplications")).isZero();
    element("#steps button[data-column='kernel']").click();
    assertThat(element("#steps tbody tr td").getText()).isEqualTo("Clear");
  }

  @Test
  void filtersRows() {
    open(Cnnc.RESNET20, 1600, "light");
    element("#steps input").sendKeys("layer2.0.CONV1");
    assertThat(count("#steps tbody tr:not([hidden])")).isBetween(1, 3);
  }

  @Test
  void foldsAndUnfoldsBlocks() {
    open(GOOGLENET, 1600, "light");
    int first = count(".box");
    element("[data-block='inception4b']").click();
    assertThat(count(".box")).isGreaterThan(first + 2);
    assertThat(count(".frame")).isOne();
    element(".frame [data-block='inception4b']").click();
    assertThat(count(".box")).isEqualTo(first);
    button("Unfold all").click();
    assertThat(count(".box")).isEqualTo(layers(GOOGLENET));
    assertThat(count(".edge")).isGreaterThan(layers(GOOGLENET));
    button("Fold all").click();
    assertThat(count(".frame")).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void edgesHaveTheShapesOfTheirValues() {
    open(Cnnc.LENET5, 1600, "light");
    assertThat(browser.driver().findElements(By.cssSelector(".edge text")))
        .extracting(WebElement::getText)
        .containsExactly("1×28×28", "6×28×28", "6×14×14", "16×10×10", "16×5×5", "120", "84");
  }

  @Test
  void switchesColours() {
    open(Cnnc.LENET5, 1600, "light");
    String fc1 =
        "getComputedStyle(document.querySelectorAll('.box')[5].firstChild.nextSibling).fill";
    String before = browser.value(fc1);
    String share = element("#step-5 .share").getText();
    element("[data-metric='bytes']").click();
    assertThat(browser.value(fc1)).isNotEqualTo(before);
    assertThat(element("#step-5 .share").getText()).isNotEqualTo(share);
    assertThat(element("[data-metric='bytes']").getAttribute("aria-pressed")).isEqualTo("true");
    assertThat(element("[data-metric='multiplications']").getAttribute("aria-pressed"))
        .isEqualTo("false");
  }

  /** 64,064 multiplications of fcs at 0.1 ns; the peak is 100 GFLOP/s, each byte takes 0.5 ns. */
  @ParameterizedTest
  @CsvSource({"360, dark", "1600, light"})
  void predictedTimesHaveColumnsAndBounds(int width, String colours) throws IOException {
    Path predicted = folder.resolve("predicted.html");
    Path profile = SomeProfile.write(folder, ThisCompiler.version());
    Cnnc.run("report", Cnnc.LENET5, "--on", profile, "-o", predicted);
    byte[] bytes = Files.readAllBytes(predicted);
    Cnnc.run("report", Cnnc.LENET5, "--on", profile, "-o", predicted);
    assertThat(Files.readAllBytes(predicted)).isEqualTo(bytes);
    show(predicted, width, colours);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    assertThat(element("#summary").getText()).contains("Time, predicted", "some CPU, 1 thread");
    assertThat(element("[data-metric='predicted']").getAttribute("aria-pressed")).isEqualTo("true");
    element("#steps button[data-column='predicted']").click();
    assertThat(element("#steps tbody tr").getText()).startsWith("fc1").contains("5.12 µs");
    // 2 x 48,000 operations in 5.12 microseconds are 18.75 GFLOP/s.
    assertThat(element("#step-5").getText()).contains("18.8", "18.8 %");
    assertThat(browser.driver().findElements(By.cssSelector("#roofline .slope text")))
        .extracting(WebElement::getText)
        .containsExactly("cache 2 GB/s", "memory 2 GB/s");
    assertThat(element("#roofline").getText()).contains("peak 100 GFLOP/s");
    assertThat(count("[data-metric='error']")).isZero();
  }

  @Test
  void theErrorOfAPredictionIsAColumnAndAColour() throws IOException {
    Path both = folder.resolve("both-times.html");
    Path profile = SomeProfile.write(folder, ThisCompiler.version());
    Cnnc.run("report", Cnnc.LENET5, "--on", profile, "--measure", "-o", both);
    show(both, 1600, "light");
    assertThat(browser.complaints()).isEmpty();
    assertThat(element("[data-metric='measured']").getAttribute("aria-pressed")).isEqualTo("true");
    element("[data-metric='error']").click();
    double[] off = new double[8];
    for (int step = 0; step < off.length; step++) {
      off[step] =
          Math.abs(
              browser.number("data.times[0].steps[%s]".formatted(step))
                  - browser.number("data.times[1].steps[%s]".formatted(step)));
    }
    String share = String.format(Locale.ROOT, "%.1f %%", 100 * off[1] / Arrays.stream(off).sum());
    assertThat(element("#step-1 .share").getText()).isEqualTo(share);
    element("#steps button[data-column='deviation']").click();
    assertThat(element("#steps th[aria-sort='descending']").getText()).contains("off by");
    assertThat(element("#step-1").getText()).containsPattern("[+−][\\d.]+ %");
    assertThat(count("#roofline .slope")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"360", "1600"})
  void whatIsSelectedShowsInAllPartsWithItsCode(int width) {
    open(Cnnc.LENET5, width, "light");
    browser.driver().executeScript("document.querySelector('.dot').focus()");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(element("#step-1").getAttribute("aria-selected")).isEqualTo("true");
    assertThat(count(".box.selected")).isOne();
    assertThat(count(".dot.selected")).isOne();
    assertThat(count("#arena .chosen")).isOne();
    String details = element("#details").getText();
    assertThat(details)
        .contains("conv1", "118 k", "Why PlanarConv")
        .contains("-> conv1: conv(6, 5x5, pad: 2) -> tanh")
        .contains("private void conv1(int from, int to, int worker)");
    browser.driver().executeScript("document.querySelectorAll('#details .link')[1].click()");
    assertThat(element("#tab-1").getAttribute("aria-selected")).isEqualTo("true");
    int line = browser.number("document.querySelector('.mark').style.getPropertyValue('--line')");
    assertThat(
            browser.value("document.querySelector('.code').textContent").lines().toList().get(line))
        .contains("void conv1(");
  }

  @Test
  void keysAreEnough() {
    open(Cnnc.LENET5, 1600, "light");
    browser.driver().executeScript("document.querySelector('#graph .box').focus()");
    WebElement box = browser.driver().switchTo().activeElement();
    box.sendKeys(Keys.ARROW_DOWN);
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
    assertThat(element("#details h2").getText()).isEqualTo("conv1");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    assertThat(count("#details h2")).isZero();
    element("#steps button[data-column='macs']").sendKeys(Keys.ENTER);
    assertThat(firstRow("macs")).isEqualTo(240_000);
    element("#tab-0").sendKeys(Keys.ARROW_RIGHT);
    assertThat(element(".code").getText()).contains("public final class Lenet5");
  }

  @ParameterizedTest
  @CsvSource({"360, dark", "1600, light"})
  void aFolderIsAPictureAndATable(int width, String colours) {
    Path ideas = folder.resolve("ideas.html");
    Cnnc.run("report", Cnnc.EXAMPLES + "cnn/ideas", "-o", ideas);
    show(ideas, width, colours);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    int networks = browser.number("data.networks.length");
    assertThat(networks).isGreaterThan(10);
    assertThat(count("#networks tbody tr")).isEqualTo(networks);
    assertThat(count(".network")).isEqualTo(networks);
    String before = browser.value("document.querySelector('.network circle').getAttribute('cx')");
    element("#axis-x option[value='arenaBytes']").click();
    assertThat(browser.value("document.querySelector('.network circle').getAttribute('cx')"))
        .isNotEqualTo(before);
    button("parameters").click();
    String most =
        browser.value(
            "data.networks.reduce((a, b) => b.parameters > a.parameters ? b : a).network");
    assertThat(element("#networks tbody th").getText()).isEqualTo(most);
  }

  @Test
  void aComparisonTellsWhatChanged() {
    Path both = folder.resolve("both.html");
    String network =
        """
        network n
        input x [1, 8, 8]
        weights synthetic
        x -> a: conv(%s, 3x3) -> flatten -> fc(10)
        """;
    Path before = report("before", network.formatted(4));
    Path after = report("after", network.formatted(40));
    Cnnc.run("report", "--compare", before, after, "-o", both);
    show(both, 1600, "dark");
    assertThat(browser.complaints()).isEmpty();
    assertThat(element("#totals tbody tr").getText()).contains("parameters").contains("+13.3 k");
    assertThat(element("#steps .hint").getText()).startsWith("2 of 2 steps differ");
    assertThat(element("#steps tbody tr").getText()).startsWith("a ").contains("+");
  }

  private static Path report(String name, String network) {
    Path file = Cnnc.file(folder, name + ".cnn", network);
    return Cnnc.file(folder, name + ".json", Cnnc.run("report", file, "--json").out());
  }

  private static Path page(String network) {
    return folder.resolve(Path.of(network).getFileName() + ".html");
  }

  private static void open(String network, int width, String colours) {
    show(page(network), width, colours);
  }

  private static void show(Path page, int width, String colours) {
    browser.complaints();
    browser.open(page, width, colours);
    browser.settle();
    browser
        .driver()
        .executeScript(
            "window.data = JSON.parse(document.getElementById('data').textContent);"
                + "window.most = (part) => Math.max(...data.steps.map((step) => step[part]));");
  }

  private static int steps(String network) {
    assertThat(browser.value("data.network"))
        .isIn(Path.of(network).getFileName().toString().replace(".cnn", ""));
    return browser.number("data.steps.length");
  }

  private static int layers(String network) {
    assertThat(steps(network)).isPositive();
    return browser.number("data.layers.length");
  }

  /** What the step of the first row has of something. */
  private static int firstRow(String part) {
    String id = element("#steps tbody tr").getAttribute("id");
    return browser.number("data.steps[%s].%s".formatted(id.replace("step-", ""), part));
  }

  private static WebElement element(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static WebElement button(String text) {
    return browser.driver().findElement(By.xpath("//button[text()='%s']".formatted(text)));
  }

  private static int count(String selector) {
    return browser.driver().findElements(By.cssSelector(selector)).size();
  }
}
