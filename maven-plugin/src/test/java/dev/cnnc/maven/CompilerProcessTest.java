package dev.cnnc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real compiler, which is on the class path of the tests. */
final class CompilerProcessTest {
  @TempDir private Path folder;

  @Test
  void errorsOfTheRealCompilerArrive() throws Exception {
    Path file = folder.resolve("a file with ü and spaces.cnn");
    Files.writeString(file, "this is not a network");
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    List<CompilerEvent> events = compile(file, classPath);
    assertThat(events)
        .filteredOn(CompilerEvent.Problem.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              CompilerEvent.Problem problem = (CompilerEvent.Problem) event;
              assertThat(problem.unit()).isEqualTo(file);
              assertThat(problem.error()).isTrue();
              assertThat(problem.located()).startsWith(file + ":[1,").contains("] error");
            });
    assertThat(events).noneMatch(CompilerEvent.Output.class::isInstance);
  }

  @Test
  void processThatFailsIsExplainedByItsErrorOutput() {
    assertThatThrownBy(() -> compile(folder.resolve("net.cnn"), List.of(folder)))
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageContaining("status 1")
        .hasMessageContaining("dev.cnnc.compiler.build.BuildMain");
  }

  @Test
  void oldToolchainIsRefusedWithTheCure() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
    assertThatThrownBy(() -> JavaCommand.choose(Optional.of(java.toString())))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("toolchain is Java 17")
        .hasMessageContaining("<goal>select-jdk-toolchain</goal>");
  }

  @Test
  void newToolchainIsTaken() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"26\"\n");
    assertThat(JavaCommand.choose(Optional.of(java.toString())).executable()).isEqualTo(java);
  }

  private List<CompilerEvent> compile(Path file, List<Path> classPath) throws Exception {
    JavaCommand java = JavaCommand.choose(Optional.empty());
    OutputFolders folders =
        new OutputFolders(
            folder.resolve("java"), folder.resolve("resources"), folder.resolve("classes"));
    return new CompilerProcess(
            java, classPath, folder.resolve("work"), new Settings(false, false, "", folder, "OFF"))
        .compile(List.of(new NetworkFile("net.cnn", file, "p")), folders);
  }
}
