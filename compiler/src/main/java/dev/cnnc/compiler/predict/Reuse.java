package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.runtime.View;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the memory takes that a step reads and writes, if every line comes from where it has
 * moved to since it was last touched: the more other bytes a run touches in between, the slower the
 * cache.
 */
final class Reuse {
  /** Floats of a line of a cache. */
  private static final int LINE = 16;

  private final ReadSpeed speed;
  private final double arenaBytes;

  /** For each line of the arena the bytes of weights, and of activations, before its last touch. */
  private final double[] weightsBefore;

  private final double[] activationsBefore;
  private double weights;
  private double activations;

  /**
   * Nanoseconds of one step.
   *
   * @param weights to read its packed weights once
   * @param read to read the lines of its inputs once
   * @param written to fetch the lines of its output once
   */
  record Touch(double weights, double read, double written) {}

  private Reuse(Plan plan, ReadSpeed speed) {
    this.speed = speed;
    this.arenaBytes = (double) plan.arena() * Float.BYTES;
    int lines = plan.arena() / LINE + 2;
    this.weightsBefore = new double[lines];
    this.activationsBefore = new double[lines];
  }

  /** For each step of a plan that runs again and again. */
  static List<Touch> of(Plan plan, List<StepCost> steps, ReadSpeed speed) {
    Reuse reuse = new Reuse(plan, speed);
    // The second run finds what the first has left.
    reuse.run(steps);
    return reuse.run(steps);
  }

  private List<Touch> run(List<StepCost> steps) {
    double all = steps.stream().mapToDouble(StepCost::weights).sum() * Float.BYTES + arenaBytes;
    List<Touch> touches = new ArrayList<>();
    for (StepCost cost : steps) {
      double read = 0;
      for (View view : cost.step().reads()) {
        read += touch(view);
      }
      double written = touch(cost.step().write());
      double bytes = (double) cost.weights() * Float.BYTES;
      touches.add(new Touch(bytes * speed.nanoseconds(all), read, written));
      weights += bytes;
      activations += (double) (cost.read() + cost.written()) * Float.BYTES;
    }
    return touches;
  }

  /** Touches every line of a value. */
  private double touch(View view) {
    double nanoseconds = 0;
    int planes = view.plane() == 1 ? 1 : view.channels();
    int channels = view.plane() == 1 ? view.channels() : 1;
    boolean joined = view.pixel() <= channels + LINE;
    for (int plane = 0; plane < planes; plane++) {
      for (int row = 0; row < view.height(); row++) {
        int start = view.offset() + plane * view.plane() + row * view.line();
        if (joined) {
          nanoseconds += touch(start, start + (view.width() - 1) * view.pixel() + channels);
        } else {
          for (int column = 0; column < view.width(); column++) {
            int from = start + column * view.pixel();
            nanoseconds += touch(from, from + channels);
          }
        }
      }
    }
    return nanoseconds;
  }

  private double touch(int from, int end) {
    double nanoseconds = 0;
    for (int line = from / LINE; line <= (end - 1) / LINE; line++) {
      double between =
          weights
              - weightsBefore[line]
              + Math.min(arenaBytes, activations - activationsBefore[line]);
      nanoseconds += LINE * Float.BYTES * speed.nanoseconds(between);
      weightsBefore[line] = weights;
      activationsBefore[line] = activations;
    }
    return nanoseconds;
  }
}
