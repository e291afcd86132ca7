package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Arithmetic;
import dev.cnnc.compiler.ir.Powers;
import dev.cnnc.compiler.ir.Trigonometry;
import java.util.ArrayList;
import java.util.List;

/** Activations and the transcendental functions they are made of. */
final class FunctionKernels {

  private FunctionKernels() {}

  /** Two instructions where {@code max} of vectors takes six, to tell zeros by their signs. */
  static final KernelMethod AT_LEAST =
      bound("atLeast", "x, or the bound where x is below; NaN stays.");

  static final KernelMethod AT_MOST =
      bound("atMost", "x, or the bound where x is above; NaN stays.");

  /** 1.5 * 2^23: added and subtracted again, it rounds what is at most 2^22 from zero. */
  static final String WHOLE = "12582912f";

  private static final KernelMethod EXP =
      function(
          "exp",
          "e to the x, within 2 ULP: 2^n times a minimax polynomial of what is left, r.",
          """
          V t = atLeast(atMost(x, 88.37626f), -87.33654f);
          V magic = @fma(t, @broadcast(1.44269504f), @broadcast(12582912f)); // n in the low bits
          V n = @sub(magic, 12582912f);
          V r = @fma(n, @broadcast(-0.693359375f), t);
          r = @fma(n, @broadcast(2.12194440e-4f), r);
          V p = @broadcast(1.3814580635e-3f);
          p = @fma(p, r, @broadcast(8.3687294323e-3f));
          p = @fma(p, r, @broadcast(4.1668389137e-2f));
          p = @fma(p, r, @broadcast(1.6666520528e-1f));
          p = @fma(p, r, @broadcast(4.9999993441e-1f));
          p = @add(@fma(p, @mul(r, r), r), 1f);
          return @timesPowerOfTwo(p, magic);
          """,
          AT_LEAST,
          AT_MOST);

  /** Added in this order a rounding less is seen than in 1 + e: silu stays within 2 ULP. */
  private static final KernelMethod ONE_PLUS_EXP_OF_MINUS =
      function(
          "onePlusExpOfMinus",
          "1 + e to the -x for x from -88 to 87: 1 + 2^n (1 + p).",
          """
          V magic = @fma(x, @broadcast(-1.44269504f), @broadcast(12582912f)); // n in the low bits
          V n = @sub(magic, 12582912f);
          V r = @fma(n, @broadcast(0.693359375f), x);
          r = @fma(n, @broadcast(-2.12194440e-4f), r);
          V p = @broadcast(1.3814580635e-3f);
          p = @fma(p, r, @broadcast(-8.3687294323e-3f));
          p = @fma(p, r, @broadcast(4.1668389137e-2f));
          p = @fma(p, r, @broadcast(-1.6666520528e-1f));
          p = @fma(p, r, @broadcast(4.9999993441e-1f));
          p = @fma(p, @mul(r, r), @mul(r, -1f));
          V power = @timesPowerOfTwo(@broadcast(1f), magic);
          return @add(power, @fma(power, p, @broadcast(1f)));
          """);

  private static final KernelMethod SIGMOID =
      function(
          "sigmoid",
          "1 / (1 + e to the -x), within 2 ULP.",
          "return @div(@broadcast(1f), onePlusExpOfMinus(atLeast(atMost(x, 87f), -88f)));\n",
          AT_LEAST,
          AT_MOST,
          ONE_PLUS_EXP_OF_MINUS);

  /** What bounds lose, NaN, the numerator brings back: so its bits can be compared as integers. */
  private static final KernelMethod SILU =
      function(
          "silu",
          "x / (1 + e to the -x), within 2 ULP.",
          """
          V atMost87 = @leastBits(x, 0x42ae0000);
          V bounded = @leastUnsignedBits(atMost87, 0xc2b00000); // -88 at least
          return @div(x, onePlusExpOfMinus(bounded));
          """,
          ONE_PLUS_EXP_OF_MINUS);

  private static final KernelMethod TANH =
      function(
          "tanh",
          "tanh by a rational minimax on [-7.99, 7.99], as in Eigen and XLA.",
          """
          V t = atLeast(atMost(x, 7.99881172180175781f), -7.99881172180175781f);
          V s = @mul(t, t);
          V p = @broadcast(-2.76076847742355e-16f);
          p = @fma(p, s, @broadcast(2.00018790482477e-13f));
          p = @fma(p, s, @broadcast(-8.60467152213735e-11f));
          p = @fma(p, s, @broadcast(5.12229709037114e-08f));
          p = @fma(p, s, @broadcast(1.48572235717979e-05f));
          p = @fma(p, s, @broadcast(6.37261928875436e-04f));
          p = @fma(p, s, @broadcast(4.89352455891786e-03f));
          V q = @broadcast(1.19825839466702e-06f);
          q = @fma(q, s, @broadcast(1.18534705686654e-04f));
          q = @fma(q, s, @broadcast(2.26843463243900e-03f));
          q = @fma(q, s, @broadcast(4.89352518554385e-03f));
          return @div(@mul(t, p), q);
          """,
          AT_LEAST,
          AT_MOST);

  private static final KernelMethod ROUND =
      function(
          "round",
          "The nearest whole number, the even one of two; from 2^23 on all floats are whole.",
          """
          V size = @abs(x);
          V whole = @sub(@add(size, 8388608f), 8388608f);
          V signed = @below(x, 0f, @mul(whole, -1f), whole);
          return @below(size, 8388608f, signed, x);
          """);

  static KernelMethod exp() {
    return EXP;
  }

  /** A method that applies {@code activation} to a vector. */
  static KernelMethod of(Activation activation) {
    if (activation instanceof Activation.Sigmoid) {
      return SIGMOID;
    }
    if (activation instanceof Activation.Silu) {
      return SILU;
    }
    if (activation instanceof Activation.Gelu) {
      return ErrorFunctionKernels.GELU;
    }
    if (activation == Activation.Elementary.EXP) {
      return LogarithmKernels.EXPONENTIAL;
    }
    if (activation instanceof Activation.Power(double exponent) && !Powers.isProduct(exponent)) {
      return PowerKernels.method(name(activation), exponent);
    }
    List<KernelMethod> calls = new ArrayList<>();
    String text = activation.of("x", new Text(calls));
    if (text.equals(name(activation) + "(x)")) {
      return calls.getFirst(); // The formula is this function.
    }
    return new KernelMethod(
        Role.FUNCTION,
        sentence(activation),
        "V",
        name(activation),
        "V x",
        "return " + text + ";\n",
        calls);
  }

  /** A number as Java writes it. */
  static String constant(double value) {
    if (Double.isNaN(value)) {
      return "Float.NaN";
    }
    if (Float.isInfinite((float) value)) {
      return value < 0 ? "Float.NEGATIVE_INFINITY" : "Float.POSITIVE_INFINITY";
    }
    return Float.toString((float) value).replaceAll("\\.0$", "") + "f";
  }

  /** Name of a kernel with what becomes of its results. */
  static String after(String kernel, Activation activation) {
    return activation instanceof Activation.Identity
        ? kernel
        : kernel + KernelMethod.capital(name(activation));
  }

  /** A word for {@code activation} with its parameters, as a Java name. */
  static String name(Activation activation) {
    return activation == Activation.Elementary.EXP
        ? LogarithmKernels.EXPONENTIAL.name()
        : activation.description().name();
  }

  private static String sentence(Activation activation) {
    return "The activation {@code %s}.".formatted(activation.description().text());
  }

  static KernelMethod function(String name, String doc, String body, KernelMethod... calls) {
    return new KernelMethod(Role.FUNCTION, doc, "V", name, "V x", body, List.of(calls));
  }

  private static KernelMethod bound(String name, String doc) {
    return new KernelMethod(
        Role.FUNCTION,
        doc,
        "V",
        name,
        "V x, float bound",
        "return @%s(x, bound);\n".formatted(name),
        List.of());
  }

  /** Writes formulas in the macro language, and notes which functions they call. */
  private record Text(List<KernelMethod> calls) implements Arithmetic<String> {
    @Override
    public String constant(double value) {
      return FunctionKernels.constant(value);
    }

    @Override
    public String add(String a, String b) {
      return "@add(%s, %s)".formatted(vector(isConstant(a) ? b : a), isConstant(a) ? a : b);
    }

    @Override
    public String multiply(String a, String b) {
      return "@mul(%s, %s)".formatted(vector(isConstant(a) ? b : a), isConstant(a) ? a : b);
    }

    @Override
    public String divide(String a, String b) {
      return "@div(%s, %s)".formatted(vector(a), b);
    }

    @Override
    public String max(String a, String b) {
      return bounded(AT_LEAST, a, b);
    }

    @Override
    public String min(String a, String b) {
      return bounded(AT_MOST, a, b);
    }

    @Override
    public String exp(String x) {
      return call(EXP, x);
    }

    @Override
    public String tanh(String x) {
      return call(TANH, x);
    }

    @Override
    public String erf(String x) {
      return call(ErrorFunctionKernels.ERF, x);
    }

    @Override
    public String abs(String x) {
      return "@abs(%s)".formatted(x);
    }

    @Override
    public String sqrt(String x) {
      return "@sqrt(%s)".formatted(x);
    }

    @Override
    public String power(String x, double exponent) {
      return Powers.isProduct(exponent)
          ? Powers.product(x, exponent, this)
          : call(of(new Activation.Power(exponent)), x);
    }

    @Override
    public String log(String x) {
      return call(LogarithmKernels.LOG, x);
    }

    @Override
    public String trigonometry(Trigonometry function, String x) {
      return call(TrigonometryKernels.of(function), x);
    }

    @Override
    public String logOfOnePlus(String x) {
      return call(LogarithmKernels.LOG_OF_ONE_PLUS, x);
    }

    @Override
    public String round(String x) {
      return call(ROUND, x);
    }

    @Override
    public String steps(String x, double scale, double least, double most) {
      String quotient = divide(x, constant(scale));
      String bounded = min(max(quotient, constant(least)), constant(most));
      return "@sub(@add(%s, %s), %s)".formatted(bounded, WHOLE, WHOLE);
    }

    @Override
    public String above(String x, double bound) {
      return "@above(%s, %s, %s, @broadcast(0f))".formatted(x, constant(bound), x);
    }

    private String call(KernelMethod method, String x) {
      calls.add(method);
      return "%s(%s)".formatted(method.name(), x);
    }

    private String bounded(KernelMethod method, String x, String bound) {
      calls.add(method);
      return "%s(%s, %s)".formatted(method.name(), x, bound);
    }

    private static boolean isConstant(String text) {
      return text.matches("-?[0-9].*f|Float[.].*");
    }

    private static String vector(String text) {
      return isConstant(text) ? "@broadcast(%s)".formatted(text) : text;
    }
  }
}
