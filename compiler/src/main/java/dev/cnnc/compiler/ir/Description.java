package dev.cnnc.compiler.ir;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to say of an {@link Activation} beside its formula.
 *
 * @param word what comments and reports call it: {@code leaky_relu}
 * @param layer the layer of the language that makes it
 * @param arguments the numbers which that layer is given
 * @param name as a Java name, another for other arguments: {@code leakyRelu0_1}
 * @param operator the one operator of ONNX that computes it, if there is one
 * @param identity whether it gives what it is given
 */
public record Description(
    String word,
    String layer,
    List<Argument> arguments,
    String name,
    Accuracy accuracy,
    Optional<Operator> operator,
    boolean identity) {

  private static final Pattern NEXT_WORD = Pattern.compile("_(.)");

  /**
   * A number.
   *
   * @param byPlace whether a person would write it without its name
   */
  public record Argument(String name, double value, boolean byPlace) {}

  /** An operator of ONNX with its attributes. */
  public record Operator(String name, List<Argument> attributes) {
    public Operator {
      attributes = List.copyOf(attributes);
    }
  }

  public Description {
    arguments = List.copyOf(arguments);
  }

  /** Of a function without arguments, whose layer has its name. */
  static Description of(String word, Accuracy accuracy) {
    String name = NEXT_WORD.matcher(word).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
    return new Description(word, word, List.of(), name, accuracy, Optional.empty(), false);
  }

  /** Made by a layer of another name. */
  Description layer(String other) {
    return new Description(word, other, arguments, name, accuracy, operator, identity);
  }

  /** With one more argument; defaults are left out when it is written. */
  Description with(String argument, double value) {
    return with(new Argument(argument, value, false));
  }

  /** With one more argument, unless it is this number, which says nothing. */
  Description unless(double nothing, String argument, double value) {
    return value == nothing ? this : with(argument, value);
  }

  /** With bounds, which are written without their names if there are two. */
  Description between(double least, double most) {
    return Double.isFinite(least) && Double.isFinite(most)
        ? placed("min", least).placed("max", most)
        : unless(Double.NEGATIVE_INFINITY, "min", least)
            .unless(Double.POSITIVE_INFINITY, "max", most);
  }

  /** With one more argument that is written without its name. */
  Description placed(String argument, double value) {
    return with(new Argument(argument, value, true));
  }

  private Description with(Argument argument) {
    List<Argument> more = Stream.concat(arguments.stream(), Stream.of(argument)).toList();
    return new Description(word, layer, more, name, accuracy, operator, identity);
  }

  /** Named with the digits of its arguments, unless those are the usual ones. */
  Description named(String bare, String digits, boolean usual) {
    return named(usual ? bare : bare + digits);
  }

  Description named(String other) {
    return new Description(word, layer, arguments, other, accuracy, operator, identity);
  }

  /** Computed by an operator whose attributes are the arguments. */
  Description operator(String operator) {
    return operator(new Operator(operator, arguments));
  }

  /** Computed by an operator with one attribute. */
  Description operator(String operator, String attribute, double value) {
    return operator(new Operator(operator, List.of(new Argument(attribute, value, false))));
  }

  private Description operator(Operator one) {
    return new Description(word, layer, arguments, name, accuracy, Optional.of(one), identity);
  }

  Description identityIf(boolean condition) {
    return new Description(word, layer, arguments, name, accuracy, operator, condition);
  }

  /**
   * As a person writes it: {@code tanh}, {@code leaky_relu(slope: 0.1)}, {@code clip(0.0, 6.0)}.
   */
  public String text() {
    return arguments.isEmpty()
        ? word
        : arguments.stream()
            .map(one -> one.byPlace() ? "" + one.value() : one.name() + ": " + one.value())
            .collect(Collectors.joining(", ", word + "(", ")"));
  }

  /**
   * A number as a part of a Java name. Every double has its own: functions of other numbers are
   * other kernels, which are told apart by their names.
   */
  static String digits(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p53;
    boolean negativeZero = value == 0 && Double.compare(value, 0.0) < 0;
    return nameOf(whole && !negativeZero ? Long.toString((long) value) : Double.toString(value));
  }

  private static String nameOf(String number) {
    return number.replace("-", "minus").replace(".", "_");
  }
}
