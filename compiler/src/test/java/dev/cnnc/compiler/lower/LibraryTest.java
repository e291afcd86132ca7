package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.dsl.DiagnosticPrinter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file of blocks alone: what it offers, and what is wrong with blocks that nobody calls. */
class LibraryTest {

  @Test
  void blocksAloneSayWhatTheyOffer() {
    Lowered lowered =
        TextSources.lower(
            Map.of(
                "net.cnn",
                "use \"b.cnn\"\nblock a(x, y: 2 * x) = conv(x, 3) -> b(y)\npart c() = a(3)\n",
                "b.cnn",
                "part b(z) = conv(z, 1)\n"));
    assertThat(lowered.library().orElseThrow().blocks())
        .containsExactly("block a(x, y: 2 * x)", "part c()");
    assertThat(lowered.used()).containsExactly(Path.of("b.cnn"));
    assertThat(DiagnosticPrinter.print(lowered.diagnostics())).contains("error[E228]");
  }

  @Test
  void unknownNamesInBlocksAloneAreErrors() {
    Lowered lowered =
        TextSources.lower(
            Map.of(
                "net.cnn",
                """
                block a(x, f, size: heigth) =
                  when channels > x and index == 0 then [a{x}: conv(x, size, pad: same) -> relux]
                  else resize(factor: 2, mode: cubic) -> f -> c{y}: a(x, identity) * min(x, z)
                """));
    assertThat(lowered.library()).isEmpty();
    assertThat(DiagnosticPrinter.print(lowered.diagnostics()))
        .isEqualTo(
            """
            net.cnn:1:21: error[E201]: nothing is called heigth
                1 | block a(x, f, size: heigth) =
                  |                     ^^^^^^
               help: did you mean height?
            net.cnn:2:76: error[E201]: nothing is called relux
                2 |   when channels > x and index == 0 then [a{x}: conv(x, size, pad: same) -> relux]
                  |                                                                            ^^^^^
               help: did you mean relu?
            net.cnn:3:49: error[E201]: nothing is called y
                3 |   else resize(factor: 2, mode: cubic) -> f -> c{y}: a(x, identity) * min(x, z)
                  |                                                 ^
               help: did you mean a?
            net.cnn:3:77: error[E201]: nothing is called z
                3 |   else resize(factor: 2, mode: cubic) -> f -> c{y}: a(x, identity) * min(x, z)
                  |                                                                             ^
               help: did you mean a?
            """);
  }
}
