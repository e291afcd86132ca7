package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.measure.Peak;
import dev.cnnc.compiler.measure.Reads;
import dev.cnnc.compiler.predict.KindFactors;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.MachineProfile.Host;
import dev.cnnc.compiler.predict.ReadSpeed;
import dev.cnnc.compiler.predict.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures the machine that this JVM runs on. */
public final class Calibration {
  private static final int SMALLEST = 1 << 14;

  /** Bytes that are read for one point at least. */
  private static final long READ = 1L << 29;

  private static final int MOST_TIMES = 100;

  private Calibration() {}

  /**
   * Measures all kernels, in about three minutes with one thread.
   *
   * @param threads above one for a second measurement of each network, with so many
   * @param progress is told what is being measured
   */
  public static MachineProfile full(int threads, Consumer<String> progress) {
    return run(Extent.full(threads), new CompiledHere(), progress);
  }

  /** The same in a few runs of the smallest network, to see whether it works at all. */
  public static MachineProfile trial(int threads, Consumer<String> progress) {
    return run(Extent.trial(threads), new CompiledHere(), progress);
  }

  static MachineProfile run(Extent extent, NetworkClasses classes, Consumer<String> progress) {
    progress.accept("reading memory");
    ReadSpeed speed = readSpeed(extent.mostBytes());
    double peak = Peak.gigaflops();
    List<TimedPlan> times = new ArrayList<>();
    for (CalibrationNetwork one : extent.networks()) {
      Network network = one.network();
      progress.accept(
          "network %s of %s: %s"
              .formatted(times.size() + 1, extent.networks().size(), network.graph().name()));
      times.add(TimedPlan.of(network, classes, extent.threads(), extent.patience()));
    }
    return fit(ThisHost.describe(), peak, speed, times);
  }

  static MachineProfile fit(Host host, double peak, ReadSpeed speed, List<TimedPlan> times) {
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
    MachineProfile single =
        new MachineProfile(host, peak, error / Math.max(1, known), speed, kinds, Map.of());
    return single.with(SharingFit.of(times, single));
  }

  /** Two points for each doubling. */
  private static ReadSpeed readSpeed(int most) {
    // The JIT compiles the loop before the first time that counts.
    Reads.nanosecondsPerByte(SMALLEST, MOST_TIMES);
    List<ReadSpeed.Point> points = new ArrayList<>();
    for (int bytes = SMALLEST; bytes <= most; bytes *= 2) {
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
