package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code cnnc} in a checkout of its own, with a Maven and a Java that only say that they
 * were called.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >>"$BUILDS"
      while [ -e "$HELD" ]; do sleep 0.1; done
      mkdir -p cli/target "$REPOSITORY/dev/cnnc/cnnc-maven-plugin/1"
      : >cli/target/cnnc.jar
      plugin=$REPOSITORY/dev/cnnc/cnnc-maven-plugin/1/cnnc-maven-plugin-1.jar
      : >"$plugin"
      echo "[INFO] Installing $PWD/maven-plugin/target/cnnc-maven-plugin-1.jar to $plugin"
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
      echo 'an error' >&2
      for word; do :; done
      echo "ran $word"
      exit 7
      """;

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void create() throws IOException {
    checkout = Files.createDirectory(folder.resolve("check out"));
    Files.copy(Path.of("../cnnc"), checkout.resolve("cnnc"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String module : List.of("dsl", "runtime", "vision", "compiler", "maven-plugin", "cli")) {
      Files.createDirectories(checkout.resolve(module + "/src/main"));
      Files.writeString(checkout.resolve(module + "/pom.xml"), "<project/>");
    }
    script("bin/mvn", MAVEN);
    script("jdk/bin/java", JAVA);
    script("jdk/bin/javac", "");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
  }

  @Test
  void buildsOnceAndRuns() throws Exception {
    assertThat(run(Map.of())).isEqualTo(new Result(7, "ran synthetic\n", 1));
    assertThat(run(Map.of())).isEqualTo(new Result(7, "ran synthetic\n", 1));
  }

  /** Maven's repository is not below HOME, but below the home of the user. */
  @Test
  void buildsOnceWithoutOrWithAnotherHome() throws Exception {
    assertThat(run(Map.of()).builds()).isEqualTo(1);
    assertThat(run(Map.of("HOME", folder.resolve("elsewhere").toString())).builds()).isEqualTo(1);
    assertThat(run(Map.of("HOME", "")).builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenThePluginIsGone() throws Exception {
    assertThat(run(Map.of()).builds()).isEqualTo(1);
    Files.delete(folder.resolve("repository/dev/cnnc/cnnc-maven-plugin/1/cnnc-maven-plugin-1.jar"));
    assertThat(run(Map.of()).builds()).isEqualTo(2);
    assertThat(run(Map.of()).builds()).isEqualTo(2);
  }

  /** Not even root can make a folder where a file is. */
  @Test
  void buildsACopyOfWhatItCannotWriteTo() throws Exception {
    Files.createFile(checkout.resolve("cli/target"));
    Map<String, String> cache = Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
    assertThat(run(cache)).isEqualTo(new Result(7, "ran synthetic\n", 1));
    assertThat(run(cache)).isEqualTo(new Result(7, "ran synthetic\n", 1));
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).contains("cnnc.jar");
    }
  }

  @Test
  void dropsTheWarningAlone() throws Exception {
    run(Map.of());
    Process again = start(Map.of());
    assertThat(again.errorReader().readAllAsString()).isEqualTo("an error\n");
  }

  /** The second starter waits for the first, and says so. */
  @Test
  void saysWhatItWaitsFor() throws Exception {
    Path held = Files.createFile(folder.resolve("held"));
    Process first = start(Map.of());
    while (!Files.exists(folder.resolve("builds"))) {
      Thread.sleep(20);
    }
    Process second = start(Map.of());
    assertThat(second.errorReader().readLine())
        .startsWith("cnnc: another cnnc is building; waiting for it (its log: ");
    Files.delete(held);
    first.errorReader().lines().forEach(_ -> {});
    assertThat(second.errorReader().readLine()).isEqualTo("an error");
    assertThat(first.waitFor()).isEqualTo(7);
    assertThat(second.waitFor()).isEqualTo(7);
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
  }

  private Result run(Map<String, String> environment) throws Exception {
    Process process = start(environment);
    process.errorReader().readAllAsString();
    String output = process.inputReader().readAllAsString();
    int status = process.waitFor();
    Path builds = folder.resolve("builds");
    return new Result(status, output, Files.exists(builds) ? Files.readAllLines(builds).size() : 0);
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", checkout.resolve("cnnc").toString(), "run", "synthetic");
    Map<String, String> all = builder.environment();
    all.remove("XDG_CACHE_HOME");
    all.put("HOME", folder.resolve("home").toString());
    all.put("PATH", folder.resolve("bin") + ":" + all.get("PATH"));
    all.put("CNNC_JAVA_HOME", folder.resolve("jdk").toString());
    all.put("BUILDS", folder.resolve("builds").toString());
    all.put("HELD", folder.resolve("held").toString());
    all.put("REPOSITORY", folder.resolve("repository").toString());
    environment.forEach(all::put);
    if (all.get("HOME").isEmpty()) {
      all.remove("HOME");
    }
    return builder.start();
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What a start gave, and how often Maven has been called so far. */
  private record Result(int status, String output, int builds) {}
}
