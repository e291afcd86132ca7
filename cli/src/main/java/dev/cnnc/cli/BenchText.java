package dev.cnnc.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measurements for people. */
final class BenchText {
  private static final TextTable PROFILE =
      new TextTable(
          List.of("layer", "kernel", "output", "microseconds", "share", "GFLOP/s", "of peak"), 3);

  private BenchText() {}

  static String of(Bench bench) {
    StringBuilder out = new StringBuilder();
    if (!bench.profile().isEmpty()) {
      out.append(profile(bench)).append('\n');
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("network", bench.network());
    lines.put("threads", "%d, vectors of %d floats".formatted(bench.threads(), bench.lanes()));
    lines.put("compiling", milliseconds(bench.compiling()));
    lines.put("loading", milliseconds(bench.loading()));
    lines.put("first run", milliseconds(bench.warmth().first().toNanos()));
    lines.put(
        "warm-up",
        "%,d runs, %s"
            .formatted(
                bench.warmth().runs(),
                bench.warmth().steady() ? "steady" : "not steady yet: the times below may fall"));
    lines.put("fastest run", milliseconds(bench.times().least()));
    lines.put("median", milliseconds(bench.times().median()));
    lines.put("99 % below", milliseconds(bench.times().slowest()));
    lines.put("of runs", "%,d".formatted(bench.times().runs()));
    lines.put("allocation", "%,.0f bytes a run".formatted(bench.bytesPerRun()));
    lines.put(
        "speed",
        "%.1f GFLOP/s in the fastest run, %.0f %% of the peak of %.1f"
            .formatted(bench.gigaflops(), 100 * bench.gigaflops() / bench.peak(), bench.peak()));
    lines.forEach((name, value) -> out.append("%-20s%s\n".formatted(name, value)));
    return out.toString();
  }

  private static String profile(Bench bench) {
    double whole = bench.profile().stream().mapToDouble(Bench.Part::nanoseconds).sum();
    long operations = bench.profile().stream().mapToLong(Bench.Part::operations).sum();
    List<List<String>> rows = new ArrayList<>();
    bench.profile().forEach(part -> rows.add(row(part, whole, bench.peak())));
    rows.add(row(new Bench.Part("total", "", "", whole, operations), whole, bench.peak()));
    return PROFILE.of(rows);
  }

  private static List<String> row(Bench.Part part, double whole, double peak) {
    boolean works = part.operations() > 0;
    return List.of(
        part.layer(),
        part.kernel(),
        part.shape(),
        "%,.1f".formatted(part.nanoseconds() / 1e3),
        "%.1f %%".formatted(100 * part.nanoseconds() / whole),
        works ? "%.1f".formatted(part.gigaflops()) : "-",
        works ? "%.0f %%".formatted(100 * part.gigaflops() / peak) : "-");
  }

  private static String milliseconds(long nanoseconds) {
    return "%,.3f ms".formatted(nanoseconds / 1e6);
  }
}
