package dev.cnnc.compiler.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.build.NetworkCompiler.Compilation;
import dev.cnnc.compiler.build.NetworkCompiler.Finding;
import dev.cnnc.compiler.build.NetworkCompiler.GeneratedFile;
import dev.cnnc.dsl.Diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path folder;

  @Test
  void requestIsReadAsItWasWritten() throws IOException {
    Path file = folder.resolve("request");
    Files.writeString(
        file,
        """
        java %2Fsome+where%2Fjava
        resources r%C3%A9sum%C3%A9
        outside
        vision
        budget macs+%3C%3D+4.2G a+project
        ledger CHECK
        compile a+b%25.cnn com.example
        """);
    assertThat(BuildRequest.read(file))
        .isEqualTo(
            new BuildRequest(
                Path.of("/some where/java"),
                Path.of("résumé"),
                true,
                true,
                new BuildRequest.Limits("macs <= 4.2G", Path.of("a project")),
                BuildRequest.LedgerUse.CHECK,
                List.of(new BuildRequest.Unit(Path.of("a b%.cnn"), "com.example"))));
  }

  @Test
  void requestWithoutFoldersIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("request"), "compile a.cnn p\n");
    assertThatThrownBy(() -> BuildRequest.read(file)).hasMessageContaining("no output folders");
  }

  @Test
  void linesSurviveAnyText() {
    String text = "two\nlines, \ttab, ü + % & =, \"quotes\" \\ and  spaces ";
    assertThat(ProtocolLine.join("problem", text, "")).isASCII().doesNotContain("\n");
    assertThat(ProtocolLine.split(ProtocolLine.join("problem", text, "")))
        .containsExactly("problem", text, "");
  }

  @Test
  void sourceAndResourcesGoToTheirFolders() throws IOException {
    List<BuildEvent> events = run((file, packageName) -> result("class A {}", "weights"), "a.cnn");
    assertThat(folder.resolve("java/p/A.java")).hasContent("class A {}");
    assertThat(folder.resolve("resources/p/A.weights")).hasContent("weights");
    assertThat(events)
        .containsExactly(
            new BuildEvent.Input(Path.of("a.cnn"), Path.of("a.safetensors")),
            new BuildEvent.Output(Path.of("a.cnn"), folder.resolve("java/p/A.java")),
            new BuildEvent.Output(Path.of("a.cnn"), folder.resolve("resources/p/A.weights")),
            new BuildEvent.End());
  }

  @Test
  void onlyChangedFilesAreWritten() throws IOException {
    run((file, packageName) -> result("class A {}", "old"), "a.cnn");
    Path source = folder.resolve("java/p/A.java");
    Path weights = folder.resolve("resources/p/A.weights");
    Files.setLastModifiedTime(source, LONG_AGO);
    Files.setLastModifiedTime(weights, LONG_AGO);
    run((file, packageName) -> result("class A {}", "new"), "a.cnn");
    assertThat(Files.getLastModifiedTime(source)).isEqualTo(LONG_AGO);
    assertThat(Files.getLastModifiedTime(weights)).isGreaterThan(LONG_AGO);
    assertThat(weights).hasContent("new");
  }

  @Test
  void badUnitsDoNotStopTheOthers() throws IOException {
    NetworkCompiler compiler =
        (file, packageName) ->
            switch (file.toString()) {
              case "unreadable.cnn" -> throw new IOException("no such file");
              case "defect.cnn" -> throw new IllegalStateException("a bug");
              case "deep.cnn" -> throw new StackOverflowError();
              case "wrong.cnn" ->
                  new Compilation(
                      List.of(new Finding(file, 3, 7, Severity.ERROR, "error[E1]: no")),
                      List.of(),
                      List.of());
              default -> result("class A {}", "weights");
            };
    List<BuildEvent> events =
        run(compiler, "unreadable.cnn", "defect.cnn", "deep.cnn", "wrong.cnn", "good.cnn");
    assertThat(events)
        .filteredOn(BuildEvent.Problem.class::isInstance)
        .extracting(BuildEvent::encoded)
        .satisfiesExactly(
            line -> assertThat(line).contains("no+such+file"),
            line -> assertThat(line).contains("please+report+this").contains("a+bug"),
            line -> assertThat(line).contains("StackOverflowError"),
            line ->
                assertThat(line)
                    .isEqualTo("problem wrong.cnn wrong.cnn 3 7 ERROR error%5BE1%5D%3A+no"));
    assertThat(events).endsWith(new BuildEvent.End());
    assertThat(folder.resolve("java/p/A.java")).exists();
  }

  private List<BuildEvent> run(NetworkCompiler compiler, String... files) {
    List<BuildRequest.Unit> units = new ArrayList<>();
    for (String file : files) {
      units.add(new BuildRequest.Unit(Path.of(file), "p"));
    }
    List<BuildEvent> events = new ArrayList<>();
    new Build(compiler, events::add)
        .run(
            new BuildRequest(
                folder.resolve("java"),
                folder.resolve("resources"),
                false,
                false,
                new BuildRequest.Limits("", Path.of("")),
                BuildRequest.LedgerUse.OFF,
                units));
    return events;
  }

  private static Compilation result(String source, String weights) {
    return new Compilation(
        List.of(),
        List.of(
            new GeneratedFile("p/A.java", source.getBytes(UTF_8)),
            new GeneratedFile("p/A.weights", weights.getBytes(UTF_8))),
        List.of(Path.of("a.safetensors")));
  }
}
