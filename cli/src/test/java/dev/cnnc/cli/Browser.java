package dev.cnnc.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window. */
record Browser(ChromeDriver driver) implements AutoCloseable {
  private static final String MISSING =
      "the page of cnnc report was not opened in a browser: Chromium and its driver are missing;"
          + " on Debian, apt-get install chromium chromium-driver";

  /** Starts the one of this machine; without one, the test is skipped and says why. */
  static Browser start() {
    Optional<Path> browser = program("chromium", "google-chrome", "chromium-browser");
    Optional<Path> driver = program("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      // JUnit's report has the reason too, but nobody reads it when Maven is content.
      System.err.println("SKIPPED: " + MISSING);
      Assumptions.abort(MISSING);
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    // Continuous integration is root, as whom Chromium has no sandbox. The page is our own.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.addArguments("--disable-dev-shm-usage");
    // By the property, because the builder of services has an annotation of a library that is
    // missing.
    System.setProperty("webdriver.chrome.driver", driver.orElseThrow().toString());
    return new Browser(new ChromeDriver(options));
  }

  private static Optional<Path> program(String... names) {
    String folders = System.getenv().getOrDefault("PATH", "");
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(folders.split(File.pathSeparator, -1)).map(each -> Path.of(each, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Opens a file in a window of this width, in light or dark colours. */
  void open(Path page, int width, String colours) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    driver.get(page.toUri().toString());
  }

  /** What the console said since the last call, if anything. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(Object::toString)
        .toList();
  }

  /** The value of an expression, as a text. */
  String value(String expression) {
    return String.valueOf(driver.executeScript("return " + expression));
  }

  /** The same of a number. */
  int number(String expression) {
    return (int) Math.round(Double.parseDouble(value(expression)));
  }

  /** Waits for the next picture, in which charts have found their width. */
  void settle() {
    driver.executeAsyncScript(
        "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
