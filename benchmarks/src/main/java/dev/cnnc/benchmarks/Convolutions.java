package dev.cnnc.benchmarks;

import dev.cnnc.runtime.StepListener;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single convs, compiled from text.
 *
 * <p>JMH's own figure is the whole run, with the way of input and output between a person's order
 * of data and channels last. The counters are about the conv's step alone: {@code gigaflops} from
 * the median of its times, {@code best} from the least, and {@code peak}, the limit measured in the
 * same JVM just before. One iteration a fork, because JMH adds counters up.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 1, time = 2)
public class Convolutions {
  @Benchmark
  public float[] conv(Compiled compiled, Speed speed) {
    return compiled.run(speed);
  }

  /** A layer and its data. */
  @State(Scope.Thread)
  public static class Compiled {
    @Param({
      "1x1 256->64@56",
      "1x1 64->256@56",
      "1x1 512->128@28",
      "1x1 1024->256@14",
      "3x3 64->64@56",
      "3x3 128->128@28",
      "3x3 256->256@14",
      "3x3 512->512@7"
    })
    public String layer = "";

    private Built built = Built.of(Layer.parse("1x1 1->1@1").network());
    private long operations;
    private float[] input = {};
    private float[] output = {};

    @Setup
    public void build() {
      built = Built.of(Layer.parse(layer).network());
      operations = 2 * built.macs();
      input = built.input();
      output = built.output();
    }

    float[] run(Speed speed) {
      speed.operations = operations;
      built.network().listen(speed);
      built.network().run(input, output);
      return output;
    }
  }

  /**
   * What the conv's step reaches. Hears of it from the benchmark: JMH would give a method of its
   * own another {@link Compiled} than the one that runs.
   */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Speed implements StepListener {
    private final Samples steps = new Samples();
    private final Samples bursts = new Samples();
    private long operations;
    private long poolEnd;
    private double limit;

    @Setup(Level.Iteration)
    public void start() {
      limit = Peak.gigaflops(bursts);
      steps.clear();
    }

    @Override
    public void step(int step, long nanoseconds) {
      long now = Samples.clock();
      switch (step) {
        case 0 -> poolEnd = now;
        case 1 -> steps.add(now - poolEnd);
        default -> throw new IllegalStateException("more than a pool and a conv: what is timed?");
      }
    }

    /** Billions of operations a second. */
    public double gigaflops() {
      return (double) operations / steps.median();
    }

    public double best() {
      return (double) operations / steps.least();
    }

    public double peak() {
      return limit;
    }
  }
}
