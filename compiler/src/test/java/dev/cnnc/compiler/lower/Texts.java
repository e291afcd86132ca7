package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts of networks, from resources and from tests themselves. */
final class Texts {

  private Texts() {}

  /** The text of {@code NAME.cnn} beside this class. */
  static String resource(String name) {
    try (InputStream stream = Texts.class.getResourceAsStream(name + ".cnn")) {
      assertThat(stream).as(name + ".cnn").isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Lowered lower(String text) {
    return Lowering.lower(Parser.parse(new Source("net.cnn", text)), Path.of("."));
  }

  /** The network of a text that must be good. */
  static Network network(String text) {
    Lowered lowered = lower(text);
    assertThat(lowered.network())
        .as(() -> DiagnosticPrinter.print(lowered.diagnostics()) + text)
        .isPresent();
    return lowered.network().orElseThrow();
  }

  /** A picture of three channels and eight by eight pixels goes through {@code pipeline}. */
  static Network pipeline(String pipeline) {
    return network("network n\ninput image [3, 8, 8]\nimage -> " + pipeline);
  }

  /** What a person reads about {@code text}. */
  static String report(String text) {
    return DiagnosticPrinter.print(lower(text).diagnostics());
  }
}
