package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {

  @TempDir private Path folder;

  @Test
  void nothingIsLeftToFillIn() throws Exception {
    Path project = project("demo");
    try (Stream<Path> files = Files.walk(project)) {
      List<Path> texts =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".png"))
              .toList();
      assertThat(texts)
          .extracting(file -> project.relativize(file).toString())
          .containsExactlyInAnyOrder(
              "pom.xml",
              ".gitignore",
              "README.md",
              "src/main/cnn/demo.cnn",
              "src/main/cnn/demo.cost",
              "src/main/java/com/example/DemoMain.java",
              "src/test/java/com/example/DemoTest.java");
      assertThat(texts)
          .allSatisfy(file -> assertThat(Cnnc.read(file)).doesNotContain("{{", "}}", ".version@"));
    }
    String pom = Cnnc.read(project.resolve("pom.xml"));
    assertThat(pom).contains("<artifactId>demo</artifactId>", "select-jdk-toolchain", "[25,)");
    DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(project.resolve("pom.xml").toFile());
  }

  @Test
  void theNetworkIsGoodCanonicalAndRuns() {
    Path project = project("my_net2");
    Path network = project.resolve("src/main/cnn/my_net2.cnn");
    assertThat(Cnnc.run("check", network).err()).isEmpty();
    assertThat(Cnnc.run("fmt", "--check", network).status()).isZero();
    assertThat(Cnnc.run("run", network, "--input", project.resolve("pictures/example.png")).out())
        .contains(" %  circle\n", " %  square\n", " %  triangle\n");
  }

  @Test
  void aModuleLinksAnImage() throws Exception {
    Path project = folder.resolve("closed");
    ProjectTemplate.of("closed", true).write(project);
    assertThat(Cnnc.read(project.resolve("src/main/java/module-info.java")))
        .contains("requires jdk.incubator.vector;", "requires java.desktop;");
    String pom = Cnnc.read(project.resolve("pom.xml"));
    assertThat(pom)
        .contains("<executable>jlink</executable>", "/image/bin/closed</executable>")
        .doesNotContain("{{", "}}");
    assertThat(Cnnc.read(project.resolve("README.md")))
        .contains("target/image/bin/closed")
        .doesNotContain("{{", "}}");
    DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(project.resolve("pom.xml").toFile());
    assertThat(Cnnc.read(project("demo").resolve("pom.xml"))).doesNotContain("jlink", "image");
  }

  /** The Maven goal checks the same, and prints the same text. */
  @Test
  void breakingItsBudgetGivesTheMessageOfTheDocument() throws IOException {
    Path network = project("demo").resolve("src/main/cnn/demo.cnn");
    String text = Cnnc.read(network);
    assertThat(text).contains("\n// budget { macs <= 1M; memory <= 2 MiB }\n");
    Files.writeString(network, text.replace("// budget { macs <= 1M;", "budget { macs <= 0.5M;"));
    Cnnc check = Cnnc.run("check", network);
    assertThat(check.status()).isEqualTo(1);
    assertThat(Files.readString(Path.of("..", "docs", "cost.md")))
        .contains(check.err().replace(network.toString(), "src/main/cnn/demo.cnn"));
    Files.writeString(network, text.replace("// budget", "budget"));
    assertThat(Cnnc.run("check", network).status()).isZero();
  }

  @Test
  void itsLedgerIsThatOfItsNetwork() {
    Path network = project("demo").resolve("src/main/cnn/demo.cnn");
    Path ledger = network.resolveSibling("demo.cost");
    String text = Cnnc.read(ledger);
    assertThat(text).startsWith("# What demo costs").contains("\nfc Fc 96 ");
    Cnnc.run("cost", "--write", network);
    assertThat(Cnnc.read(ledger)).isEqualTo(text);
  }

  /** Maven does the same in a project of the build; javac alone takes a second. */
  @ParameterizedTest
  @ValueSource(strings = {"string", "demo", "A", "two__words_2x", "main", "list_of"})
  void itsJavaCompilesAgainstTheGeneratedClass(String name) throws IOException {
    Path project = project(name);
    Path generated = folder.resolve("generated");
    Cnnc cnnc =
        Cnnc.run(
            "compile",
            project.resolve("src/main/cnn/" + name + ".cnn"),
            "-o",
            generated,
            "--package",
            "com.example");
    assertThat(cnnc.status()).isZero();
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
        Stream<Path> written = Files.walk(project);
        Stream<Path> emitted = Files.walk(generated)) {
      List<Path> java =
          Stream.concat(written, emitted)
              .filter(file -> file.toString().endsWith(".java"))
              .toList();
      boolean good =
          javac
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "--add-modules",
                      "jdk.incubator.vector",
                      "-Xlint:all,-incubating,-try",
                      "-Werror",
                      "-proc:none",
                      "-d",
                      folder.resolve("classes").toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(java))
              .call();
      assertThat(said).hasToString("");
      assertThat(good).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', is not a valid network name",
    "3d, is not a valid network name",
    "my-net, is not a valid network name",
    "../demo, is not a valid network name",
    "naïve, is not a valid network name",
    "network, is a keyword",
    "path, like one of Java's or of the runtime",
    "pictureReader, like one of Java's or of the runtime",
    "test, like one of Java's or of the runtime"
  })
  void namesThatCannotBeAreRefused(String name, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProjectTemplate.of(name, false))
        .withMessageContaining(reason);
    Cnnc cnnc = Cnnc.run("new", name);
    assertThat(cnnc.status()).isEqualTo(2);
    assertThat(cnnc.err()).startsWith("cnnc new: ").contains(reason);
  }

  /** The module's own folder stands for a project that is there. */
  @Test
  void nothingThatIsThereIsTouched() {
    assertThat(Cnnc.run("new", "src"))
        .isEqualTo(
            new Cnnc(1, "", "cnnc: src is there already: choose another name, or remove it\n"));
  }

  private Path project(String name) {
    Path project = folder.resolve(name);
    ProjectTemplate.of(name, false).write(project);
    return project;
  }
}
