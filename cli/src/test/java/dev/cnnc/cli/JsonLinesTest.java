package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
  private static final Path DIGITS = Path.of(Cnnc.EXAMPLES, "digits");

  @TempDir private Path folder;

  private Path pictures;

  @BeforeEach
  void somePictures() throws IOException {
    pictures = Files.createDirectories(folder.resolve("pictures"));
    try (Stream<Path> digits = Files.list(DIGITS)) {
      for (Path digit : digits.filter(file -> file.toString().endsWith(".png")).toList()) {
        Path to = pictures.resolve(digit.getFileName().toString().charAt(0) + "/");
        Files.copy(digit, Files.createDirectories(to).resolve(digit.getFileName()));
      }
    }
    Files.writeString(pictures.resolve("3/notes.txt"), "no picture");
    Files.writeString(pictures.resolve(".hidden"), "no picture");
  }

  @Test
  void eachPictureHasItsLine() {
    Cnnc cnnc = run("--top", "2");
    assertThat(cnnc.status()).isZero();
    List<JsonNode> lines = lines(cnnc.out());
    assertThat(cnnc.err())
        .isEqualTo("cnnc: %s pictures, 1 without an answer\n".formatted(lines.size()));
    List<String> names = new ArrayList<>();
    int right = 0;
    for (JsonNode line : lines) {
      String file = line.get("file").asString();
      names.add(file);
      assertThat(line.get("network").asString()).isEqualTo("lenet5");
      if (file.equals("3/notes.txt")) {
        assertThat(line.propertyNames()).containsExactly("file", "network", "error");
        assertThat(line.get("error").asString()).contains("notes.txt is no picture: PNG");
      } else {
        assertThat(line.propertyNames()).containsExactly("file", "network", "classes");
        assertThat(line.get("classes").size()).isEqualTo(2);
        JsonNode first = line.get("classes").get(0);
        assertThat(first.propertyNames()).containsExactly("label", "index", "probability");
        right += first.get("label").asString().equals(file.substring(0, 1)) ? 1 : 0;
        assertThat(first.get("probability").doubleValue()).isBetween(0.1, 1.0);
      }
    }
    assertThat(right).isGreaterThanOrEqualTo(names.size() - 2);
    assertThat(names).isSorted().doesNotHaveDuplicates().contains("7/7-0000.png", "3/notes.txt");
  }

  /**
   * After an interrupt at any byte, the file ends with the bytes of a run that nobody disturbed.
   */
  @Test
  void aRunThatEndedEarlyGoesOn() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    assertThat(run("--output", whole).err()).contains("pictures, 1 without an answer");
    String expected = Files.readString(whole);
    int lines = lines(expected).size();
    for (int cut : new int[] {1, 200, expected.indexOf('\n') + 1, expected.length() - 1}) {
      Path part = Files.writeString(folder.resolve("part.jsonl"), expected.substring(0, cut));
      long had = expected.substring(0, cut).chars().filter(each -> each == '\n').count();
      Cnnc cnnc = run("--output", part);
      assertThat(cnnc.out()).isEmpty();
      assertThat(cnnc.err())
          .startsWith("cnnc: %s pictures".formatted(lines - had))
          .contains(had == 0 ? "" : ", %s had their line".formatted(had));
      assertThat(part).hasContent(expected);
    }
    Cnnc again = run("--output", whole);
    assertThat(again.err()).isEqualTo("cnnc: 0 pictures, %s had their line\n".formatted(lines));
    assertThat(whole).hasContent(expected);
    assertThat(run().out()).isEqualTo(expected);
  }

  @Test
  void theFileOfSomethingElseIsLeftAlone() throws IOException {
    for (String foreign : new String[] {"my notes", "my notes\n", "{\"file\": 3}\n", "[]\n"}) {
      Path file = Files.writeString(folder.resolve("notes"), foreign);
      assertThat(run("--output", file).err())
          .isEqualTo(
              "cnnc: line 1 of %s is not of cnnc run --json-lines: choose another file\n"
                  .formatted(file));
      assertThat(file).hasContent(foreign);
    }
    Path file =
        Files.writeString(
            folder.resolve("other"),
            "{\"file\": \"a.png\", \"network\": \"vgg16\", \"outputs\": {}}\n");
    assertThat(run("--output", file).err())
        .contains("has lines of the network vgg16, not of lenet5: choose another file");
  }

  @Test
  void itsOwnFileIsNoPicture() {
    Path file = pictures.resolve("lines.jsonl");
    run("--output", file);
    assertThat(run("--output", file).err()).startsWith("cnnc: 0 pictures, ");
    assertThat(Cnnc.read(file)).doesNotContain("lines.jsonl");
  }

  @Test
  void withoutLabelsThereAreOutputsAndWithAClauseItsAnswers() throws IOException {
    Path net =
        Files.writeString(
            folder.resolve("net.cnn"),
            """
            network net
            input image [1, 28, 28]
            output brightest = image -> gmp
            output average = image -> gap
            """);
    JsonNode line = lines(Cnnc.run("run", net, "--json-lines", "--input", pictures).out()).get(0);
    assertThat(line.propertyNames()).containsExactly("file", "network", "outputs");
    assertThat(line.get("outputs").propertyNames()).containsExactly("brightest", "average");
    assertThat(line.get("outputs").get("brightest").get("data").get(0).doubleValue()).isEqualTo(1);
    Path embedder =
        Files.writeString(
            folder.resolve("embedder.cnn"),
            """
            network embedder
            input image [1, 28, 28]
            embed { l2 }
            image -> flatten
            """);
    JsonNode seen =
        lines(Cnnc.run("run", embedder, "--json-lines", "--input", pictures).out()).get(0);
    assertThat(seen.propertyNames()).containsExactly("file", "network", "embedding");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", pictures).err())
        .contains("pictures is a folder: add --json-lines to run all its pictures");
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", "a.png", "--json-lines").err())
        .contains("--json-lines takes one folder: --input FOLDER, not a.png");
    assertThat(run("--threads", "2").err())
        .contains("leave out --json, --reference, --draw and --threads");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(Cnnc.run("run", Cnnc.LENET5, "--input", empty, "--json-lines").err())
        .isEqualTo("cnnc: %s has no pictures: name a folder that has some\n".formatted(empty));
    Path two =
        Files.writeString(
            folder.resolve("two.cnn"),
            "network two\ninput a [1, 2, 2]\ninput b [1, 2, 2]\noutput sum = add(a, b)\n");
    assertThat(Cnnc.run("run", two, "--input", pictures, "--json-lines").err())
        .contains("--json-lines runs networks of one input, and two has several");
  }

  private Cnnc run(Object... more) {
    List<Object> all =
        new ArrayList<>(List.of("run", Cnnc.LENET5, "--json-lines", "--input", pictures));
    all.addAll(List.of(more));
    return Cnnc.run(all.toArray());
  }

  private static List<JsonNode> lines(String text) {
    return text.lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }
}
