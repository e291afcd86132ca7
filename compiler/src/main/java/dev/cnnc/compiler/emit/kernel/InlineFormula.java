package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Powers;
import dev.cnnc.compiler.ir.Trigonometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An activation as statements, for hot loops' methods: from some size of a method on C2 inlines no
 * method of ours any more, and vectors become objects, while those of the Vector API are always
 * inlined. So here nothing is called, and long formulas are refused.
 */
final class InlineFormula implements Arithmetic<String> {
  /** Statements that sixteen sums of a tile may have each. */
  private static final int FEW = 4;

  private final String prefix;
  private final List<String> statements = new ArrayList<>();
  private boolean calls;

  private InlineFormula(String prefix) {
    this.prefix = prefix;
  }

  /**
   * @param statements in the macro language
   * @param result the variable that has the activation's value then
   */
  record Written(List<String> statements, String result) {
    Written {
      statements = List.copyOf(statements);
    }
  }

  /** The statements for variable {@code x}; none for a formula that is long or calls a function. */
  static Optional<Written> of(Activation activation, String x) {
    InlineFormula formula = new InlineFormula(x);
    OptionalDouble most = fromZeroTo(activation);
    String result =
        most.isPresent() ? formula.fromZero(most.getAsDouble()) : activation.of(x, formula);
    return formula.calls || formula.statements.size() > FEW
        ? Optional.empty()
        : Optional.of(new Written(formula.statements, result));
  }

  /** The upper bound of an activation that cuts off what is below zero, and nothing else. */
  private static OptionalDouble fromZeroTo(Activation activation) {
    return switch (activation) {
      case Activation.Relu() -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case Activation.Relu6() -> OptionalDouble.of(6);
      case Activation.Clip(double least, double most) when least == 0 && most > 0 ->
          OptionalDouble.of(most);
      default -> OptionalDouble.empty();
    };
  }

  /** A method for sums in memory that does what is done for those in registers, to the bit. */
  static KernelMethod ofSum(Activation activation) {
    if (fromZeroTo(activation).isEmpty()) {
      return FunctionKernels.of(activation);
    }
    Written written = of(activation, "x").orElseThrow();
    return new KernelMethod(
        KernelMethod.Role.FUNCTION,
        "The activation {@code %s} of a sum.".formatted(activation.description().text()),
        "V",
        FunctionKernels.name(activation) + "OfSum",
        "V x",
        String.join("\n", written.statements()) + "\nreturn " + written.result() + ";\n",
        List.of());
  }

  /** Stores {@code y0} and on, activated if the formula is short, else as they are. */
  static String stores(Activation activation, List<String> places) {
    StringBuilder stores = new StringBuilder();
    for (int i = 0; i < places.size(); i++) {
      String sum = "y" + i;
      Written written = of(activation, sum).orElse(new Written(List.of(), sum));
      written.statements().forEach(line -> stores.append(line).append('\n'));
      stores.append("@store(%s, arena, %s);\n".formatted(written.result(), places.get(i)));
    }
    return stores.toString();
  }

  /**
   * From zero to {@code most}, by comparing bits as integers, which order numbers from zero on: one
   * instruction each, where C2 makes four of a comparison of 512 bits and a choice, two of which
   * read memory. What that would take for a number, NaN, comes back by {@code x * 0}; an infinite
   * sum becomes NaN too, so that nothing hides that it overflowed.
   */
  private String fromZero(double most) {
    String bounded = let("mostBits", prefix, "0");
    if (most != Double.POSITIVE_INFINITY) {
      String bits = "0x" + Integer.toHexString(Float.floatToIntBits((float) most));
      bounded = let("leastBits", bounded, bits + " /* " + constant(most) + " */");
    }
    return let("fma", prefix, "@broadcast(0f)", bounded);
  }

  private String let(String operation, String... arguments) {
    String name = prefix + "_" + (char) ('a' + statements.size() % 26);
    statements.add("V %s = @%s(%s);".formatted(name, operation, String.join(", ", arguments)));
    return name;
  }

  private String call() {
    calls = true;
    return prefix;
  }

  @Override
  public String constant(double value) {
    return FunctionKernels.constant(value);
  }

  @Override
  public String add(String a, String b) {
    return isVariable(a) ? let("add", a, b) : let("add", b, a);
  }

  @Override
  public String multiply(String a, String b) {
    return isVariable(a) ? let("mul", a, b) : let("mul", b, a);
  }

  @Override
  public String divide(String a, String b) {
    return isVariable(a) ? let("div", a, b) : let("div", "@broadcast(" + a + ")", b);
  }

  @Override
  public String max(String a, String b) {
    return let("atLeast", a, b);
  }

  @Override
  public String min(String a, String b) {
    return let("atMost", a, b);
  }

  @Override
  public String abs(String x) {
    return let("abs", x);
  }

  @Override
  public String sqrt(String x) {
    return let("sqrt", x);
  }

  @Override
  public String round(String x) {
    return call();
  }

  @Override
  public String steps(String x, double scale, double least, double most) {
    String quotient = divide(x, constant(scale));
    String bounded = min(max(quotient, constant(least)), constant(most));
    return let("sub", let("add", bounded, FunctionKernels.WHOLE), FunctionKernels.WHOLE);
  }

  @Override
  public String above(String x, double bound) {
    return let("above", x, constant(bound), x, "@broadcast(0f)");
  }

  @Override
  public String exp(String x) {
    return call();
  }

  @Override
  public String tanh(String x) {
    return call();
  }

  @Override
  public String erf(String x) {
    return call();
  }

  @Override
  public String power(String x, double exponent) {
    return Powers.isProduct(exponent) ? Powers.product(x, exponent, this) : call();
  }

  @Override
  public String log(String x) {
    return call();
  }

  @Override
  public String trigonometry(Trigonometry function, String x) {
    return call();
  }

  @Override
  public String logOfOnePlus(String x) {
    return call();
  }

  private boolean isVariable(String text) {
    return text.startsWith(prefix);
  }
}
