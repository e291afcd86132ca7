package dev.cnnc.dsl;

import java.util.List;
import java.util.Optional;

/**
 * The syntax tree: the text of a file, without any meaning.
 *
 * <p>Invariant: every node points at its characters, and names are plain words. Lowering decides
 * which of them are layers, numbers or values.
 */
public sealed interface Ast {

  Span span();

  /** A whole file. Comments are kept beside the tree, in the order of the text. */
  record Network(List<Statement> statements, List<Comment> comments, Span span) implements Ast {}

  /** {@code // text}, with the two slashes. */
  record Comment(String text, Span span) implements Ast {}

  /** A word and its place. */
  record Name(String text, Span span) implements Ast {}

  /** An element of a file. */
  sealed interface Statement extends Ast {}

  /** {@code network lenet5 "handwritten digits"}. */
  record Title(Name name, Optional<Text> description, Span span) implements Statement {}

  /** {@code use "blocks.cnn"}: its blocks and parts can be called here. */
  record Use(Text file, Span span) implements Statement {}

  /**
   * {@code input image [1, 28, 28]}, or {@code input line [3, 48, 160] or [3, 48, 320]}.
   *
   * @param others shapes that it may have instead
   */
  record Input(Name name, Expression shape, List<Expression> others, Span span)
      implements Statement {
    public Input {
      others = List.copyOf(others);
    }

    public Input(Name name, Expression shape, Span span) {
      this(name, shape, List.of(), span);
    }
  }

  /**
   * {@code weights "file.safetensors" as bf16}, or {@code weights synthetic}: the origin is a
   * {@link Text} or a {@link Call} without arguments.
   */
  record Weights(Expression origin, Optional<Name> storage, Span span) implements Statement {}

  /** {@code labels "file.txt"}, or a {@link Bracket} of texts. */
  record Labels(Expression list, Span span) implements Statement {}

  /** {@code preprocess { resize 256; scale 1/255 }}, or {@code preprocess image { ... }}. */
  record Preprocess(Optional<Name> input, List<Setting> settings, Span span) implements Statement {}

  /** {@code detect { head yolox; score 0.3 }}, or another word for what the network answers. */
  record Answer(Name kind, List<Setting> settings, Span span) implements Statement {}

  /**
   * One line of {@code preprocess} or of an answer; some say all with their name, as {@code bgr}.
   */
  record Setting(Name name, Optional<Expression> value, Span span) implements Ast {}

  /** {@code budget { macs <= 4.2G; latency <= 40 ms on "profile.json" }}. */
  record Budget(List<Limit> limits, Span span) implements Statement {}

  /** One line of {@code budget}: the unit may be glued to the number. */
  record Limit(Name name, Expression most, Optional<Name> unit, Optional<Text> profile, Span span)
      implements Ast {}

  /** {@code exact}. */
  record Exact(Span span) implements Statement {}

  /** {@code block f(a, b: 1) = ...} or {@code part f(a) = ...}, which is spliced. */
  record Definition(boolean part, Name name, List<Parameter> parameters, Expression body, Span span)
      implements Statement {}

  /** One parameter of a block, with its default. */
  record Parameter(Name name, Optional<Expression> byDefault, Span span) implements Ast {}

  /** {@code name = chain}, or {@code output name = chain}. */
  record Value(boolean output, Name name, Expression body, Span span) implements Statement {}

  /** {@code image -> ... -> ...}: the unnamed pipeline; the body is a {@link Chain}. */
  record Pipeline(Chain body, Span span) implements Statement {}

  /** A step, a branch, an argument or a number. */
  sealed interface Expression extends Ast {}

  /** {@code a -> b -> c}: two steps or more. */
  record Chain(List<Expression> steps, Span span) implements Expression {}

  /** {@code label: step}; in an argument list, a named argument or a labelled branch. */
  record Labelled(Label label, Expression step, Span span) implements Expression {}

  /** {@code when c then a else b}. */
  record Choice(Expression condition, Expression then, Optional<Expression> otherwise, Span span)
      implements Expression {}

  /** {@code -a} or {@code not a}. */
  record Unary(String operator, Expression operand, Span span) implements Expression {}

  /** {@code a * b} and the like; with a layer, block or group at the left, a repetition. */
  record Binary(String operator, Expression left, Expression right, Span span)
      implements Expression {}

  /** {@code relu}, {@code conv(6, 5x5)}: a word, and arguments where there are brackets. */
  record Call(Name name, Optional<List<Expression>> arguments, Span span) implements Expression {}

  /** {@code [a]}: a group; {@code [a, b]}, or where numbers stand: a list. */
  record Bracket(List<Expression> elements, Span span) implements Expression {}

  /** {@code 3x5}: rows, then columns. */
  record Size(int height, int width, Span span) implements Expression {}

  /** {@code 64}. */
  record Int(long value, Span span) implements Expression {}

  /** {@code 0.5}; the text is kept for printing. */
  record Real(double value, String text, Span span) implements Expression {}

  /** {@code "a text"}, without its quotes. */
  record Text(String text, Span span) implements Expression {}

  /** The parts of a label, in order; {@code denselayer{index + 1}} has two. */
  record Label(boolean quoted, List<LabelPart> parts, Span span) implements Ast {}

  /** A fixed piece of a label, or an expression in braces. */
  sealed interface LabelPart {
    /** Characters taken as they are; a number label is one of these. */
    record Fixed(String text) implements LabelPart {}

    /** The value of an expression. */
    record Computed(Expression value) implements LabelPart {}
  }
}
