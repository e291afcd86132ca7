package dev.cnnc.compiler.ir;

import static dev.cnnc.compiler.ir.Accuracy.EXACT;
import static dev.cnnc.compiler.ir.Accuracy.FUNCTION;
import static dev.cnnc.compiler.ir.Accuracy.ROUNDED;
import static dev.cnnc.compiler.ir.Accuracy.STEP;
import static dev.cnnc.compiler.ir.Accuracy.SUM;
import static dev.cnnc.compiler.ir.Description.digits;
import static dev.cnnc.compiler.ir.Formulas.clip;
import static dev.cnnc.compiler.ir.Formulas.sigmoid;

/**
 * A function of one number, applied to every element. A new one is a record here, or a constant of
 * {@link Elementary} and its formula, and a line in the list of layers. Definitions are PyTorch's.
 */
public sealed interface Activation {

  /** The function's value at {@code x}. */
  <T> T of(T x, Arithmetic<T> a);

  Description description();

  /** {@code relu}, {@code leaky_relu}. */
  default String word() {
    return description().word();
  }

  /** No layer but dropout does nothing. */
  record Identity() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return x;
    }

    @Override
    public Description description() {
      return Description.of("identity", EXACT).layer("dropout").identityIf(true);
    }
  }

  record Relu() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.max(x, a.constant(0));
    }

    @Override
    public Description description() {
      return Description.of("relu", EXACT).operator("Relu");
    }
  }

  record Relu6() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return clip(x, 0, 6, a);
    }

    @Override
    public Description description() {
      return Description.of("relu6", EXACT);
    }
  }

  record LeakyRelu(double slope) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.add(a.max(x, a.constant(0)), a.multiply(a.constant(slope), a.min(x, a.constant(0))));
    }

    @Override
    public Description description() {
      return Description.of("leaky_relu", ROUNDED)
          .with("slope", slope)
          .named("leakyRelu" + digits(slope))
          .operator("LeakyRelu", "alpha", slope)
          .identityIf(slope == 1);
    }
  }

  record Sigmoid() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return sigmoid(x, a);
    }

    @Override
    public Description description() {
      return Description.of("sigmoid", FUNCTION).operator("Sigmoid");
    }
  }

  record Tanh() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.tanh(x);
    }

    @Override
    public Description description() {
      return Description.of("tanh", FUNCTION).operator("Tanh");
    }
  }

  record Silu() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.multiply(x, sigmoid(x, a));
    }

    @Override
    public Description description() {
      return Description.of("silu", FUNCTION);
    }
  }

  record Hardswish() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.multiply(x, a.multiply(clip(a.add(x, a.constant(3)), 0, 6, a), a.constant(1.0 / 6)));
    }

    @Override
    public Description description() {
      return Description.of("hardswish", ROUNDED).operator("HardSwish");
    }
  }

  /** {@code alpha * x + beta}, clipped to 0 and 1. */
  record Hardsigmoid(double alpha, double beta) implements Activation {
    /** PyTorch's. */
    public Hardsigmoid() {
      this(1.0 / 6, 0.5);
    }

    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return clip(a.add(a.multiply(x, a.constant(alpha)), a.constant(beta)), 0, 1, a);
    }

    @Override
    public Description description() {
      return Description.of("hardsigmoid", ROUNDED)
          .with("alpha", alpha)
          .with("beta", beta)
          .named("hardsigmoid", digits(alpha) + "Plus" + digits(beta), equals(new Hardsigmoid()))
          .operator("HardSigmoid");
    }
  }

  record Gelu() implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return Formulas.gelu(x, a);
    }

    @Override
    public Description description() {
      return Description.of("gelu", FUNCTION);
    }
  }

  record Elu(double alpha) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return Formulas.elu(x, alpha, 1, a);
    }

    @Override
    public Description description() {
      return Description.of("elu", FUNCTION)
          .with("alpha", alpha)
          .named(alpha == 1 ? "elu" : "elu" + digits(alpha))
          .operator("Elu");
    }
  }

  record Clip(double least, double most) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return clip(x, least, most, a);
    }

    @Override
    public Description description() {
      return Description.of("clip", ROUNDED)
          .named("clip" + digits(least) + "To" + digits(most))
          .identityIf(least == Double.NEGATIVE_INFINITY && most == Double.POSITIVE_INFINITY)
          .between(least, most);
    }
  }

  record Selu(double alpha, double gamma) implements Activation {
    public static final double ALPHA = 1.6732632423543772;
    public static final double GAMMA = 1.0507009873554805;

    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.multiply(a.constant(gamma), Formulas.elu(x, alpha, 1, a));
    }

    @Override
    public Description description() {
      return Description.of("selu", FUNCTION)
          .with("alpha", alpha)
          .with("gamma", gamma)
          .named("selu", digits(alpha) + "Times" + digits(gamma), equals(new Selu(ALPHA, GAMMA)))
          .operator("Selu");
    }
  }

  record Celu(double alpha) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return Formulas.elu(x, alpha, alpha, a);
    }

    @Override
    public Description description() {
      return Description.of("celu", FUNCTION)
          .with("alpha", alpha)
          .named("celu" + digits(alpha))
          .operator("Celu");
    }
  }

  record ThresholdedRelu(double alpha) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.above(x, alpha);
    }

    @Override
    public Description description() {
      return Description.of("thresholded_relu", ROUNDED)
          .with("alpha", alpha)
          .named("reluAbove" + digits(alpha))
          .operator("ThresholdedRelu");
    }
  }

  record Swish(double alpha) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.multiply(x, sigmoid(a.multiply(a.constant(alpha), x), a));
    }

    @Override
    public Description description() {
      return Description.of("swish", FUNCTION).with("alpha", alpha).named("swish" + digits(alpha));
    }
  }

  record Linear(double factor, double shift) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.add(a.multiply(x, a.constant(factor)), a.constant(shift));
    }

    @Override
    public Description description() {
      return Description.of("linear", ROUNDED)
          .layer("scale")
          .placed("factor", factor)
          .with("shift", shift)
          .named("linear" + digits(factor) + "Plus" + digits(shift))
          .identityIf(factor == 1 && shift == 0);
    }
  }

  /** {@code x} to the {@code exponent}, as {@link Math#pow} has it. */
  record Power(double exponent) implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return a.power(x, exponent);
    }

    @Override
    public Description description() {
      return Description.of("power", SUM)
          .placed("exponent", exponent)
          .named("power" + digits(exponent))
          .identityIf(exponent == 1);
    }
  }

  /** The integer nearest to x / scale, plus zeroPoint, or {@code back}: what it stands for. */
  record Quantize(double scale, double zeroPoint, double least, double most, boolean back)
      implements Activation {
    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return Quantization.of(this, x, a);
    }

    @Override
    public Description description() {
      return Quantization.description(this);
    }
  }

  /** Those without arguments that have a plain name; an operator of ONNX may be theirs alone. */
  enum Elementary implements Activation {
    ABS(EXACT, "Abs"),
    NEG(EXACT, "Neg"),
    SQUARE(ROUNDED, ""),
    SQRT(ROUNDED, "Sqrt"),
    RECIPROCAL(ROUNDED, "Reciprocal"),
    EXP(FUNCTION, "Exp"),
    LOG(FUNCTION, "Log"),
    ERF(FUNCTION, "Erf"),
    SOFTPLUS(FUNCTION, "Softplus"),
    SOFTSIGN(ROUNDED, "Softsign"),
    MISH(FUNCTION, ""),
    ROUND(STEP, "Round"),
    FLOOR(STEP, "Floor"),
    CEIL(STEP, "Ceil"),
    SIGN(STEP, "Sign"),
    SIN(FUNCTION, "Sin"),
    COS(FUNCTION, "Cos"),
    TAN(FUNCTION, "Tan"),
    ASIN(FUNCTION, "Asin"),
    ACOS(FUNCTION, "Acos"),
    ATAN(FUNCTION, "Atan"),
    SINH(FUNCTION, "Sinh"),
    COSH(FUNCTION, "Cosh"),
    ASINH(FUNCTION, "Asinh"),
    ACOSH(FUNCTION, "Acosh"),
    ATANH(FUNCTION, "Atanh"),
    GELU_TANH(FUNCTION, "");

    private final Accuracy accuracy;
    private final String operator;

    Elementary(Accuracy accuracy, String operator) {
      this.accuracy = accuracy;
      this.operator = operator;
    }

    @Override
    public <T> T of(T x, Arithmetic<T> a) {
      return Elementaries.of(this, x, a);
    }

    @Override
    public Description description() {
      return Elementaries.description(this, accuracy, operator);
    }
  }
}
