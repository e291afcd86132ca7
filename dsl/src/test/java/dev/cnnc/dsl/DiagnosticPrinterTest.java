package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How findings look to people. */
class DiagnosticPrinterTest {

  private static final Source RESNET =
      new Source(
          "resnet.cnn",
          "\n".repeat(30)
              + """
                  downsample: [conv(4 * filters, 1x1) -> bn]
              image
                -> relu
              """);

  @Test
  void shows_place_number_sentence_line_carets_trail_and_cure() {
    Diagnostic diagnostic =
        new Diagnostic(
            "E204",
            Diagnostic.Severity.ERROR,
            Optional.of(at(RESNET, "[conv(4 * filters, 1x1) -> bn]")),
            "add needs equal shapes, but its branches give [256, 56, 56] and [256, 28, 28]",
            List.of("in bottleneck(64, stride: 2) called at resnet.cnn:44:14, as layer2.0"),
            Optional.of("the main branch has stride 2; give this conv stride: stride"));
    assertThat(DiagnosticPrinter.print(diagnostic))
        .isEqualTo(
            """
            resnet.cnn:31:17: error[E204]: add needs equal shapes, but its branches give [256, 56, 56] and [256, 28, 28]
               31 |     downsample: [conv(4 * filters, 1x1) -> bn]
                  |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               in bottleneck(64, stride: 2) called at resnet.cnn:44:14, as layer2.0
               help: the main branch has stride 2; give this conv stride: stride
            """);
  }

  @Test
  void a_finding_without_a_place_has_no_line() {
    Diagnostic diagnostic =
        new Diagnostic(
            "W301",
            Diagnostic.Severity.WARNING,
            Optional.empty(),
            "3 tensors are not used",
            List.of(),
            Optional.empty());
    assertThat(DiagnosticPrinter.print(diagnostic))
        .isEqualTo("warning[W301]: 3 tensors are not used\n");
  }

  @Test
  void marks_the_first_line_of_a_long_span() {
    assertThat(excerpt(RESNET, "image\n  -> relu"))
        .isEqualTo(
            """
            resnet.cnn:32:1: error[E200]: here
               32 | image
                  | ^^^^^
            """);
  }

  @Test
  void a_cure_keeps_its_lines() {
    Diagnostic diagnostic =
        new Diagnostic(
            "E302",
            Diagnostic.Severity.ERROR,
            Optional.empty(),
            "no file",
            List.of(),
            Optional.of("convert it:\n  import torch"));
    assertThat(DiagnosticPrinter.print(diagnostic))
        .isEqualTo(
            """
            error[E302]: no file
               help: convert it:
                 import torch
            """);
  }

  @Test
  void tabs_become_spaces_so_that_carets_stand_below() {
    assertThat(excerpt(new Source("a.cnn", "\tx\t= conv\t(3)\r\n"), "conv\t(3)"))
        .isEqualTo(
            """
            a.cnn:1:6: error[E200]: here
                1 |     x   = conv  (3)
                  |           ^^^^^^^^^
            """);
  }

  @Test
  void cuts_long_lines_around_the_place() {
    String line = "x = " + "a -> ".repeat(100) + "culprit" + " -> b".repeat(100);
    assertThat(excerpt(new Source("a.cnn", line), "culprit"))
        .isEqualTo(
            """
            a.cnn:1:505: error[E200]: here
                1 | ...a -> a -> a -> a -> a -> a -> a -> a -> culprit -> b -> b -> b -> b -> b -> b -> b -> b -> b -> b ->...
                  |                                            ^^^^^^^
            """);
    assertThat(excerpt(new Source("a.cnn", line), line.substring(4)))
        .isEqualTo(
            """
            a.cnn:1:5: error[E200]: here
                1 | x = a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a -> a...
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            """);
  }

  @Test
  void an_empty_place_at_the_end_gets_one_caret() {
    Source source = new Source("a.cnn", "x =");
    assertThat(DiagnosticPrinter.print(error(new Span(source, 3, 3))))
        .isEqualTo(
            """
            a.cnn:1:4: error[E200]: here
                1 | x =
                  |    ^
            """);
  }

  @Test
  void characters_without_a_shape_are_question_marks() {
    assertThat(excerpt(new Source("a.cnn", "a\u0007\u202E b"), "b"))
        .isEqualTo(
            """
            a.cnn:1:5: error[E200]: here
                1 | a?? b
                  |     ^
            """);
  }

  @Test
  void many_are_sorted_by_file_and_place_however_they_were_found() {
    Diagnostic first = error(new Span(RESNET, 0, 0));
    Diagnostic second = error(at(RESNET, "image"));
    Diagnostic other = error(new Span(new Source("z.cnn", "z"), 0, 1));
    Diagnostic nowhere =
        new Diagnostic(
            "E300", Diagnostic.Severity.ERROR, Optional.empty(), "no", List.of(), Optional.empty());
    List<Diagnostic> sorted = List.of(first, second, other, nowhere);
    assertThat(DiagnosticPrinter.sorted(List.of(nowhere, other, second, first))).isEqualTo(sorted);
    assertThat(DiagnosticPrinter.print(List.of(second, nowhere, first, other)))
        .isEqualTo(DiagnosticPrinter.print(sorted))
        .startsWith("resnet.cnn:1:1: error[E200]: here\nresnet.cnn:32:1");
  }

  private static String excerpt(Source source, String part) {
    return DiagnosticPrinter.print(error(at(source, part)));
  }

  private static Diagnostic error(Span span) {
    return new Diagnostic(
        "E200", Diagnostic.Severity.ERROR, Optional.of(span), "here", List.of(), Optional.empty());
  }

  private static Span at(Source source, String part) {
    int start = source.text().indexOf(part);
    return new Span(source, start, start + part.length());
  }
}
