package dev.cnnc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.runtime.Preprocess.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose input has several sizes is as many networks, or says what keeps them apart. */
class InputSizesTest {
  private static final String BODY =
      """
      weights synthetic
      line -> conv: conv(8, 3x3, pad: 1) -> relu -> maxpool(8x1)
      """;

  @TempDir private Path folder;

  private Frontend frontend(String text) throws IOException {
    return Frontend.of(Files.writeString(folder.resolve("net.cnn"), "network net\n" + text));
  }

  private void fails(String text, String... lines) throws IOException {
    Frontend frontend = frontend(text);
    assertThat(frontend.sizes()).isEmpty();
    assertThat(printed(frontend.diagnostics())).isEqualTo(String.join("\n", lines));
  }

  private String printed(List<Diagnostic> diagnostics) {
    StringBuilder printed = new StringBuilder();
    diagnostics.forEach(each -> printed.append(DiagnosticPrinter.print(each)));
    return printed.toString().replace(folder + "/", "").strip();
  }

  @Test
  void eachSizeIsANetwork() throws IOException {
    Frontend frontend =
        frontend(
            "input line [3, 8, 16] or [3, 8, 32] or [3, 8, 64]\n"
                + "preprocess { letterbox full; scale 1/255 }\n"
                + BODY);
    assertThat(frontend.diagnostics()).isEmpty();
    assertThat(frontend.sizes())
        .extracting(network -> network.graph().node(0).shape())
        .containsExactly(new Shape(3, 8, 16), new Shape(3, 8, 32), new Shape(3, 8, 64));
    assertThat(frontend.sizes()).extracting(InputSizesTest::letterbox).containsExactly(16, 32, 64);
    Compilation.Result result =
        Compiler.compile(frontend, "", Optional.empty()).result().orElseThrow();
    assertThat(result.backend().plans()).hasSize(3);
    assertThat(result.backend().java().className()).isEqualTo("Net");
    assertThat(result.backend().at(1).java().className()).isEqualTo("Net$At32");
  }

  private static int letterbox(Network network) {
    return ((Resize.Letterbox) network.inputs().getFirst().preprocess().orElseThrow().resize())
        .width();
  }

  @Test
  void tensorsOfOneSizeAloneAreRefused() throws IOException {
    fails(
        """
        input line [3, 8, 16] or [3, 8, 32]
        weights synthetic
        line -> flatten -> fc1: fc(10)
        """,
        "net.cnn:2:26: error[E236]: all sizes share their tensors, but fc1.weight is [10, 768] for"
            + " [3, 8, 32] and [10, 384] for [3, 8, 16]",
        "    2 | input line [3, 8, 16] or [3, 8, 32]",
        "      |                          ^^^^^^^^^^",
        "   help: end in gap before an fc, or write a network for each size");
    fails(
        """
        input line [3, 8, 16] or [3, 8, 32]
        weights synthetic
        line -> conv(8, 3x3) -> when width > 20 then more: conv(8, 3x3)
        """,
        "net.cnn:2:26: error[E236]: all sizes share their tensors, but more.weight is [8, 8, 3, 3]"
            + " for [3, 8, 32] and missing for [3, 8, 16]",
        "    2 | input line [3, 8, 16] or [3, 8, 32]",
        "      |                          ^^^^^^^^^^",
        "   help: end in gap before an fc, or write a network for each size");
  }

  @Test
  void sizesDiffer() throws IOException {
    fails(
        "input line [3, 8, 16] or [3, 8, 32] or [3, 8, 16]\n" + BODY,
        "net.cnn:2:40: error[E236]: [3, 8, 16] stands there twice",
        "    2 | input line [3, 8, 16] or [3, 8, 32] or [3, 8, 16]",
        "      |                                        ^^^^^^^^^^",
        "   help: remove it");
    fails(
        "input line [3, 8, 16] or [1, 8, 16]\n" + BODY,
        "net.cnn:2:26: error[E236]: sizes differ in height and width, but [3, 8, 16] and [1, 8, 16]"
            + " differ in channels",
        "    2 | input line [3, 8, 16] or [1, 8, 16]",
        "      |                          ^^^^^^^^^^",
        "   help: write a network for each");
  }

  @Test
  void oneOfSeveralInputsHasOneSize() throws IOException {
    fails(
        """
        input line [3, 8, 16] or [3, 8, 32]
        input known [4]
        weights synthetic
        line -> gap -> concat(identity, known)
        """,
        "net.cnn:2:1: error[E236]: a network of several inputs has one size",
        "    2 | input line [3, 8, 16] or [3, 8, 32]",
        "      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "   help: give each of its inputs one shape");
  }

  /** What is wrong with every size is told once, and what is wrong with one alone is told too. */
  @Test
  void everySizeIsChecked() throws IOException {
    fails(
        "input line [3, 8, 16] or [3, 8, 0]\n" + BODY,
        "net.cnn:2:26: error[E203]: the input's shape is [channels, height, width], whole numbers"
            + " from 1, not [3, 8, 0]",
        "    2 | input line [3, 8, 16] or [3, 8, 0]",
        "      |                          ^^^^^^^^^",
        "   help: write input line [3, 224, 224]");
    fails(
        "input line [3, 8, 16] or [3, 8, 32]\nweights synthetic\nline -> nothing",
        "net.cnn:4:9: error[E201]: no layer, block or value is called nothing",
        "    4 | line -> nothing",
        "      |         ^^^^^^^");
  }

  @Test
  void aBudgetHoldsForEverySize() throws IOException {
    Frontend frontend =
        frontend("input line [3, 8, 16] or [3, 8, 64]\nbudget { macs <= 50K }\n" + BODY);
    assertThat(printed(Compiler.checkBudget(frontend)))
        .startsWith("net.cnn:3:10: error[E322]: ")
        .contains("110,592");
  }
}
