package dev.cnnc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
 * Whole networks of {@code generated-examples}, one picture at a time on one thread, with the way
 * in and out. Counters as in {@link Convolutions}; multiply-adds count as the file writes them.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 1, time = 3)
public class Networks {
  @Benchmark
  public void picture(Loaded loaded, Speed speed) {
    speed.operations = 2 * loaded.macs;
    long start = Samples.clock();
    loaded.run.run();
    speed.runs.add(Samples.clock() - start);
  }

  /** A network in an engine. */
  @State(Scope.Thread)
  public static class Loaded {
    @Param({"lenet5", "cifar_resnet20", "resnet18", "vgg11"})
    public String network = "";

    @Param public Engine engine = Engine.CNNC;

    private long macs;
    private Runnable run = () -> {};

    @Setup
    public void build() throws IOException {
      Built built = Built.of(text("/networks/" + network + ".cnn"));
      macs = built.macs();
      run = engine.prepare(built);
    }

    private static String text(String name) throws IOException {
      try (InputStream in = Networks.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalArgumentException("there is no " + name);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** What the whole network reaches. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Speed {
    private final Samples runs = new Samples();
    private final Samples bursts = new Samples();
    private long operations;
    private double limit;

    @Setup(Level.Iteration)
    public void start() {
      limit = Peak.gigaflops(bursts);
      runs.clear();
    }

    public double milliseconds() {
      return runs.median() / 1e6;
    }

    /** Billions of operations a second. */
    public double gigaflops() {
      return (double) operations / runs.median();
    }

    public double best() {
      return (double) operations / runs.least();
    }

    public double peak() {
      return limit;
    }
  }
}
