package dev.cnnc.compiler.ir;

import static dev.cnnc.compiler.ir.Description.digits;

import dev.cnnc.compiler.ir.Activation.Quantize;

/** What the words for quantised numbers have in common. */
final class Quantization {
  private Quantization() {}

  /**
   * Steps from the zero point, within the bounds; then the integer of the step, or the number that
   * it stands for.
   */
  static <T> T of(Quantize q, T x, Arithmetic<T> a) {
    double zero = q.zeroPoint();
    T steps = a.steps(x, q.scale(), q.least() - zero, q.most() - zero);
    if (q.back()) {
      return a.multiply(steps, a.constant(q.scale()));
    }
    return zero == 0 ? steps : a.add(steps, a.constant(zero));
  }

  static Description description(Quantize q) {
    return Description.of(q.back() ? "fake_quantize" : "quantize", Accuracy.STEP)
        .placed("scale", q.scale())
        .with("zero_point", q.zeroPoint())
        .with("min", q.least())
        .with("max", q.most())
        .named(
            "%s%sFrom%sTo%sAt%s"
                .formatted(
                    q.back() ? "fakeQuantize" : "quantize",
                    digits(q.scale()),
                    digits(q.least()),
                    digits(q.most()),
                    digits(q.zeroPoint())));
  }
}
