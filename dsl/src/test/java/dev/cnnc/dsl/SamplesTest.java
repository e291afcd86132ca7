package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.dsl.grammar.CnnLexer;
import dev.cnnc.dsl.grammar.CnnParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DiagnosticErrorListener;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of the language's description, completed: read, printed, and of one meaning. */
class SamplesTest {

  static Stream<String> samples() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/samples"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void parses_without_a_word(String sample) {
    Parsed parsed = parse(sample, Golden.read("samples/" + sample));
    assertThat(DiagnosticPrinter.print(parsed.diagnostics())).isEmpty();
    assertThat(parsed.damaged()).isEmpty();
    assertThat(parsed.network().statements()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void is_formatted_as_expected_once_and_for_all(String sample) {
    Parsed parsed = parse(sample, Golden.read("samples/" + sample));
    String printed = Printer.print(parsed.network());
    if (Golden.isRewritten()) {
      Golden.rewrite("formatted/" + sample, printed);
    }
    assertThat(printed).isEqualTo(Golden.read("formatted/" + sample));
    Parsed again = parse(sample, printed);
    assertThat(Printer.print(again.network())).isEqualTo(printed);
    assertThat(Bare.of(again.network())).isEqualTo(Bare.of(parsed.network()));
  }

  /** ANTLR decides ambiguities silently, so it is asked for them. */
  @ParameterizedTest
  @MethodSource("samples")
  void has_only_one_meaning(String sample) {
    String text = Golden.read("samples/" + sample);
    List<String> ambiguities = new ArrayList<>();
    for (Ast.Statement statement : parse(sample, text).network().statements()) {
      Lexer lexer = new CnnLexer(CharStreams.fromString(withoutComments(statement.span().text())));
      CnnParser grammar = new CnnParser(new CommonTokenStream(lexer));
      grammar.removeErrorListeners();
      grammar.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
      grammar.addErrorListener(
          new DiagnosticErrorListener(true) {
            @Override
            public void reportAmbiguity(
                Parser recognizer,
                DFA dfa,
                int from,
                int to,
                boolean exact,
                BitSet alternatives,
                ATNConfigSet configurations) {
              ambiguities.add(statement.span() + ": " + alternatives);
            }
          });
      grammar.form();
    }
    assertThat(ambiguities).isEmpty();
  }

  private static String withoutComments(String text) {
    return text.replaceAll("//[^\n]*", "");
  }

  private static Parsed parse(String name, String text) {
    return dev.cnnc.dsl.Parser.parse(new Source(name, text));
  }
}
