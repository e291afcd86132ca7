package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.ir.Taps;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.View;

/**
 * The constants of an emitted class, by what they stand for: each method gives a Java expression.
 */
public interface References {

  /** Where a value lies. */
  String view(View view);

  String window(Window window);

  /** A large number, its digits in groups. */
  String number(int value);

  /** Where tensor {@code index} of a step begins in the weights. */
  String weight(Step step, int index);

  /** A table of what rows or columns of a step are made of. */
  String taps(Step step, String what, Taps lines);
}
