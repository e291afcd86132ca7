package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Activation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The value of an expression in the place of a number.
 *
 * <p>{@link Unknown} is the value of an expression that has been reported, or that depends on an
 * unknown shape. Everything computed from it is unknown too, without another report.
 */
sealed interface Datum {

  record Int(long value) implements Datum {}

  record Real(double value) implements Datum {}

  record Bool(boolean value) implements Datum {}

  record Size(long height, long width) implements Datum {}

  record Listed(List<Datum> elements) implements Datum {
    public Listed {
      elements = List.copyOf(elements);
    }
  }

  record Text(String text) implements Datum {}

  /**
   * A word as an argument: a kind of padding, or the name of a layer or block.
   *
   * @param block what it names, which another file may not know
   */
  record Word(String name, Optional<Block> block) implements Datum {
    /** A word of the language. */
    public Word(String name) {
      this(name, Optional.empty());
    }
  }

  /** A value of the network, passed to a block or to {@code residual:}. */
  record Value(Flow flow) implements Datum {}

  /** The argument of {@code activation:}. */
  record Function(Activation activation) implements Datum {}

  record Unknown() implements Datum {}

  Datum UNKNOWN = new Unknown();

  static Datum of(long value) {
    return new Int(value);
  }

  static Datum of(double value) {
    return new Real(value);
  }

  static Datum of(boolean value) {
    return new Bool(value);
  }

  /** The text of the value in the language. */
  default String written() {
    return switch (this) {
      case Int(long value) -> Long.toString(value);
      case Real(double value) ->
          Double.toString(value).replace("Infinity", "infinity").replace("NaN", "nan");
      case Bool(boolean value) -> Boolean.toString(value);
      case Size(long height, long width) -> height + "x" + width;
      case Listed(var elements) ->
          elements.stream().map(Datum::written).collect(Collectors.joining(", ", "[", "]"));
      case Text(String text) -> '"' + text + '"';
      case Word(String name, _) -> name;
      case Value _ -> "a value";
      case Function _ -> "an activation";
      case Unknown() -> "?";
    };
  }

  /** Whether anything in it is unknown. */
  default boolean isUnknown() {
    return switch (this) {
      case Unknown _, Value(Flow.Unknown _) -> true;
      case Listed(var elements) -> elements.stream().anyMatch(Datum::isUnknown);
      case Int _, Real _, Bool _, Size _, Text _, Word _, Value _, Function _ -> false;
    };
  }
}
