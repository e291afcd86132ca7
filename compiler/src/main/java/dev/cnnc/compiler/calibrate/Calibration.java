package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.measure.Reads;
import dev.cnnc.compiler.predict.KindFactors;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.MachineProfile.Host;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures the machine that this JVM runs on. */
public final class Calibration {
  /** What one network takes, its compiling not counted: nine stay below two minutes. */
  private static final TimedPlan.Patience PATIENCE =
      new TimedPlan.Patience(Duration.ofSeconds(15), Duration.ofSeconds(2), 40);

  private static final int SMALLEST = 1 << 14;
  private static final int LARGEST = 1 << 27;

  /** Bytes that are read for one point at least. */
  private static final long READ = 1L << 29;

  private static final int MOST_TIMES = 100;

  private Calibration() {}

  /**
   * Measures all kernels.
   *
   * @param progress is told what is being measured
   */
  public static MachineProfile run(Consumer<String> progress) {
    List<Network> networks = CalibrationNetwork.all();
    progress.accept("reading memory");
    ReadSpeed speed = readSpeed();
    List<TimedPlan> times = new ArrayList<>();
    for (Network network : networks) {
      progress.accept(
          "network %s of %s: %s"
              .formatted(times.size() + 1, networks.size(), network.graph().name()));
      times.add(TimedPlan.of(network, PATIENCE));
    }
    return fit(ThisHost.describe(), speed, times);
  }

  static MachineProfile fit(Host host, ReadSpeed speed, List<TimedPlan> times) {
    List<Fit.Sample> samples = new ArrayList<>();
    for (TimedPlan one : times) {
      List<Work> work = new ArrayList<>(Work.of(one.plan(), host.lanes(), speed));
      work.add(Work.outside(one.plan()));
      for (int step = 0; step < work.size(); step++) {
        samples.add(new Fit.Sample(work.get(step), one.nanoseconds().get(step)));
      }
    }
    Map<String, KindFactors> kinds = Fit.of(samples);
    double known = 0;
    double error = 0;
    for (Map.Entry<String, KindFactors> kind : kinds.entrySet()) {
      if (!kind.getKey().equals(Work.ANY)) {
        known += kind.getValue().samples();
        error += kind.getValue().samples() * kind.getValue().error();
      }
    }
    return new MachineProfile(host, error / Math.max(1, known), speed, kinds);
  }

  /** Two points for each doubling. */
  private static ReadSpeed readSpeed() {
    // The JIT compiles the loop before the first time that counts.
    Reads.nanosecondsPerByte(SMALLEST, MOST_TIMES);
    List<ReadSpeed.Point> points = new ArrayList<>();
    for (int bytes = SMALLEST; bytes <= LARGEST; bytes *= 2) {
      points.add(point(bytes));
      points.add(point(bytes / 2 * 3));
    }
    return new ReadSpeed(points);
  }

  private static ReadSpeed.Point point(int bytes) {
    int times = Math.clamp(READ / bytes, 6, MOST_TIMES);
    return new ReadSpeed.Point(bytes, Reads.nanosecondsPerByte(bytes, times));
  }
}
