package dev.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compiler here is a fake: a file {@code CLASS WEIGHTS} gives a source and a copy, and {@code
 * blocks} nothing.
 */
final class IncrementalBuildTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir private Path folder;
  private Path source;
  private OutputFolders folders;
  private final List<String> compiled = new ArrayList<>();
  private String rootPackage = "root";
  private String setting = "compiler 1";

  @BeforeEach
  void twoNetworks() throws IOException {
    source = Files.createDirectories(folder.resolve("src"));
    folders =
        new OutputFolders(
            folder.resolve("java"), folder.resolve("resources"), folder.resolve("classes"));
    write("a.weights", "1 2 3");
    write("b.weights", "4 5 6");
    write("a.cnn", "A a.weights");
    write("b.cnn", "B b.weights");
  }

  @Test
  void firstBuildCompilesEverything() throws Exception {
    assertThat(build().compiled()).isEqualTo(2);
    assertThat(compiled).containsExactly("a.cnn", "b.cnn");
    assertThat(folders.javaFolder().resolve("A.java")).hasContent("class A");
    assertThat(folders.resourceFolder().resolve("B.data")).hasContent("4 5 6");
  }

  @Test
  void nothingIsTouchedWhenNothingChanged() throws Exception {
    build();
    List<Path> everything = new ArrayList<>();
    try (var walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile).forEach(everything::add);
    }
    for (Path file : everything) {
      Files.setLastModifiedTime(file, LONG_AGO);
    }
    assertThat(build().compiled()).isZero();
    assertThat(compiled).isEmpty();
    for (Path file : everything) {
      assertThat(Files.getLastModifiedTime(file)).as(file.toString()).isEqualTo(LONG_AGO);
    }
  }

  @Test
  void onlyTheChangedNetworkIsCompiled() throws Exception {
    build();
    write("b.cnn", "B2 b.weights");
    build();
    assertThat(compiled).containsExactly("b.cnn");
    assertThat(folders.javaFolder().resolve("B2.java")).exists();
    assertThat(folders.javaFolder().resolve("B.java")).doesNotExist();
  }

  @Test
  void changedWeightsCompileTheirNetwork() throws Exception {
    build();
    Path weights = source.resolve("a.weights");
    FileTime before = Files.getLastModifiedTime(weights);
    write("a.weights", "1 2 4");
    Files.setLastModifiedTime(weights, before);
    build();
    assertThat(compiled).containsExactly("a.cnn");
    assertThat(folders.resourceFolder().resolve("A.data")).hasContent("1 2 4");
  }

  @Test
  void aChangedFileOfBlocksCompilesWhoUsesIt() throws Exception {
    write("c.cnn", "blocks");
    write("a.cnn", "A c.cnn");
    assertThat(build().problems()).isEmpty();
    assertThat(build().compiled()).isZero();
    write("c.cnn", "blocks changed");
    assertThat(build().problems()).isEmpty();
    assertThat(compiled).containsExactly("a.cnn", "c.cnn");
    Files.delete(source.resolve("c.cnn"));
    assertThat(build().problems()).hasSize(1);
    assertThat(compiled).containsExactly("a.cnn");
  }

  @Test
  void missingWeightsAreTriedAgainWhenTheyAppear() throws Exception {
    Files.delete(source.resolve("a.weights"));
    assertThat(build().problems()).hasSize(1);
    write("a.weights", "7");
    assertThat(build().problems()).isEmpty();
    assertThat(compiled).containsExactly("a.cnn");
  }

  @Test
  void removedNetworkTakesItsResultsAlong() throws Exception {
    build();
    Path copied = folders.classesFolder().resolve("A.data");
    Files.createDirectories(folders.classesFolder());
    Files.copy(folders.resourceFolder().resolve("A.data"), copied);
    Files.delete(source.resolve("a.cnn"));
    build();
    assertThat(compiled).isEmpty();
    assertThat(folders.javaFolder().resolve("A.java")).doesNotExist();
    assertThat(folders.resourceFolder().resolve("A.data")).doesNotExist();
    assertThat(copied).doesNotExist();
    assertThat(folders.javaFolder().resolve("B.java")).exists();
  }

  @Test
  void spoiledResultsAreMadeAgain() throws Exception {
    build();
    Files.delete(folders.javaFolder().resolve("A.java"));
    Files.writeString(folders.resourceFolder().resolve("B.data"), "spoiled");
    build();
    assertThat(compiled).containsExactly("a.cnn", "b.cnn");
    assertThat(folders.resourceFolder().resolve("B.data")).hasContent("4 5 6");
  }

  @Test
  void anotherCompilerOrPackageCompilesEverything() throws Exception {
    build();
    setting = "compiler 2";
    build();
    assertThat(compiled).containsExactly("a.cnn", "b.cnn");
    rootPackage = "other";
    build();
    assertThat(compiled).containsExactly("a.cnn", "b.cnn");
  }

  @Test
  void errorsAreReportedAgainUntilTheyAreGone() throws Exception {
    build();
    write("a.cnn", "wrong");
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(build().problems())
          .extracting(CompilerEvent.Problem::located)
          .containsExactly(source.resolve("a.cnn") + ":[1,5] error[E1]: no weights");
      assertThat(compiled).containsExactly("a.cnn");
    }
    assertThat(folders.javaFolder().resolve("A.java")).doesNotExist();
    assertThat(folders.javaFolder().resolve("B.java")).exists();
  }

  @Test
  void twoNetworksOfOneNameAreAnErrorInEveryBuild() throws Exception {
    write("b.cnn", "A b.weights");
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(build().problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.error()).isTrue();
                assertThat(problem.file()).isEqualTo(source.resolve("b.cnn"));
                assertThat(problem.text()).contains("a.cnn");
              });
    }
  }

  @Test
  void damagedStateOnlyCostsTime() throws Exception {
    build();
    Files.writeString(folder.resolve("state"), "file a.cnn\n%zz");
    assertThat(build().problems()).isEmpty();
    assertThat(compiled).containsExactly("a.cnn", "b.cnn");
    assertThat(build().compiled()).isZero();
  }

  private IncrementalBuild.Outcome build()
      throws IOException, MojoExecutionException, MojoFailureException {
    compiled.clear();
    return new IncrementalBuild(this::compile, folders, folder.resolve("state"), setting)
        .run(NetworkFile.below(source, rootPackage));
  }

  private List<CompilerEvent> compile(List<NetworkFile> files, OutputFolders output)
      throws IOException {
    List<CompilerEvent> events = new ArrayList<>();
    for (NetworkFile network : files) {
      compiled.add(network.name());
      Path unit = network.file();
      String[] words = Files.readString(unit).split(" ", -1);
      if (words[0].equals("blocks")) {
        continue;
      }
      Path weights = source.resolve(words[words.length - 1]);
      events.add(new CompilerEvent.Input(unit, weights));
      if (words.length != 2 || !Files.exists(weights)) {
        events.add(new CompilerEvent.Problem(unit, unit, 1, 5, true, "error[E1]: no weights"));
        continue;
      }
      Path java = output.javaFolder().resolve(words[0] + ".java");
      Path data = output.resourceFolder().resolve(words[0] + ".data");
      Files.createDirectories(output.javaFolder());
      Files.createDirectories(output.resourceFolder());
      Files.writeString(java, "class " + words[0]);
      Files.writeString(data, Files.readString(weights));
      events.add(new CompilerEvent.Output(unit, java));
      events.add(new CompilerEvent.Output(unit, data));
    }
    return events;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(source.resolve(name), text);
  }
}
