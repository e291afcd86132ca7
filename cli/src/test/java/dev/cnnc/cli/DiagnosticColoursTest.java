package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticColoursTest {

  private static final String TEXT =
      """
      a b.cnn:4:6: error[E201]: no layer is called relux, see error[E1]: nothing
          4 | x -> relux // warning[W1]
            |      ^^^^^
         help: did you mean relu?
      net.cnn:1:1: warning[W230]: nobody uses x
          1 | x = y ^
            | ^
      error[E301]: no place
      """;

  @Test
  void onlyHeadsCaretsAndCuresAreColoured() {
    assertThat(DiagnosticColours.paint(TEXT).replace("\033[0m", ">").replace("\033[", "<"))
        .isEqualTo(
            """
            a b.cnn:4:6: <1;31merror[E201]>: no layer is called relux, see error[E1]: nothing
                4 | x -> relux // warning[W1]
                  |      <1;31m^^^^^>
               <32mhelp:> did you mean relu?
            net.cnn:1:1: <1;33mwarning[W230]>: nobody uses x
                1 | x = y ^
                  | <1;33m^>
            <1;31merror[E301]>: no place
            """);
  }

  @Test
  void withoutColoursNothingElseChanges() {
    assertThat(DiagnosticColours.paint(TEXT).replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(TEXT);
  }
}
