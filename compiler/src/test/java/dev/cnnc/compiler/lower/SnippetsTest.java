package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Printer;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of kind {@code cnn} in the documents compiles without a word. Blocks behind it say
 * what it gives: {@code report} all that is said about it, {@code tensors} what its weights file
 * must hold, {@code formatted} its canonical form, which is its own where none follows. A block of
 * kind {@code blocks} is the file {@code blocks.cnn}, which the others can use.
 */
class SnippetsTest {

  private static final List<Path> DOCUMENTS = List.of(Path.of("../README.md"), Markdown.LANGUAGE);

  /** The end of a list of tensors that shows only the first ones. */
  private static final String MORE = "...\n";

  @TempDir private Path folder;

  record Snippet(String place, String text, Map<String, String> gives) {
    /** The text as a whole file: what it leaves out comes behind it, so that lines stay. */
    String file() {
      String head = text.contains("network ") ? "" : "network snippet\n";
      String input = text.contains("input ") ? "" : "input image [3, 32, 32]\n";
      String pipeline = text.contains("->") ? "" : "image -> gap\n";
      return text + head + input + pipeline;
    }

    @Override
    public String toString() {
      return place;
    }
  }

  static List<Snippet> snippets() {
    List<Snippet> snippets = new ArrayList<>();
    for (Path document : DOCUMENTS) {
      for (Markdown.Block block : Markdown.read(document).blocks()) {
        switch (block.kind()) {
          case "cnn" ->
              snippets.add(
                  new Snippet(
                      document.getFileName() + ":" + block.line(),
                      block.text(),
                      new LinkedHashMap<>()));
          case "report", "tensors", "formatted" ->
              snippets.getLast().gives().put(block.kind(), block.text());
          default -> {}
        }
      }
    }
    return snippets;
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void givesWhatStandsBehindIt(Snippet snippet) throws IOException {
    Path file = folder.resolve("net.cnn");
    Files.writeString(file, snippet.file());
    Files.writeString(
        folder.resolve("classes.txt"),
        IntStream.range(0, 1000).mapToObj("class %d\n"::formatted).collect(Collectors.joining()));

    Files.writeString(folder.resolve("blocks.cnn"), blocks());

    Compilation compilation =
        Compiler.compile(file, "", Optional.of(new Network.Weights.Synthetic()));

    assertThat(
            DiagnosticPrinter.print(compilation.diagnostics()).replace(file.toString(), "net.cnn"))
        .isEqualTo(snippet.gives().getOrDefault("report", ""));
    if (snippet.gives().containsKey("tensors")) {
      String wanted = snippet.gives().get("tensors");
      if (wanted.endsWith(MORE)) {
        assertThat(tensors(compilation))
            .startsWith(wanted.substring(0, wanted.length() - MORE.length()));
      } else {
        assertThat(tensors(compilation)).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void standsInCanonicalForm(Snippet snippet) {
    Parsed parsed = Parser.parse(new Source("net.cnn", snippet.text()));
    if (parsed.complete()) {
      assertThat(Printer.print(parsed.network()))
          .isEqualTo(snippet.gives().getOrDefault("formatted", snippet.text()));
    }
  }

  @Test
  void blocksAreFilesThatOthersUse() throws IOException {
    Frontend frontend = Frontend.of(Files.writeString(folder.resolve("blocks.cnn"), blocks()));
    assertThat(frontend.library().orElseThrow().blocks())
        .containsExactly(
            "block unit(filters, stride: 1)", "block squeeze(reduced, full: channels)");
    assertThat(Printer.print(Parser.parse(new Source("blocks.cnn", blocks())).network()))
        .isEqualTo(blocks());
  }

  @Test
  void thereAreSnippetsOfEveryKind() {
    assertThat(snippets().stream().flatMap(snippet -> snippet.gives().keySet().stream()))
        .contains("report", "tensors", "formatted");
    assertThat(snippets()).extracting(Snippet::place).anyMatch(at -> at.startsWith("README"));
  }

  private static String blocks() {
    return Markdown.read(Markdown.LANGUAGE).blocks().stream()
        .filter(block -> block.kind().equals("blocks"))
        .map(Markdown.Block::text)
        .collect(Collectors.joining());
  }

  private static String tensors(Compilation compilation) {
    Stream<String> lines =
        compilation.result().orElseThrow().written().graph().nodes().stream()
            .flatMap(node -> Tensors.stored(node.op()).stream())
            .map(tensor -> tensor.name() + " " + tensor.shape() + "\n");
    return lines.collect(Collectors.joining());
  }
}
