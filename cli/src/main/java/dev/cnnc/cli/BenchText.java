package dev.cnnc.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measurements as text. */
final class BenchText {
  private static final List<String> HEAD =
      List.of("layer", "kernel", "output", "microseconds", "share", "GFLOP/s", "of peak");

  /** Columns before this one are left-aligned: names and shapes. */
  private static final int FIRST_NUMBER = 3;

  private BenchText() {}

  static String of(Bench bench) {
    StringBuilder out = new StringBuilder();
    if (!bench.profile().isEmpty()) {
      out.append(profile(bench)).append('\n');
    }
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("network", bench.network());
    lines.put("threads", bench.threads() + ", vectors of " + bench.lanes() + " floats");
    lines.put("compiling", milliseconds(bench.compiling()));
    lines.put("loading", milliseconds(bench.loading()));
    lines.put("first run", milliseconds(bench.warmth().first().toNanos()));
    lines.put(
        "warm-up",
        number("%,.0f runs, ", bench.warmth().runs())
            + (bench.warmth().steady() ? "steady" : "not steady yet: the times below may fall"));
    lines.put("fastest run", milliseconds(bench.times().least()));
    lines.put("median", milliseconds(bench.times().median()));
    lines.put("99 % below", milliseconds(bench.times().slowest()));
    lines.put("of runs", number("%,.0f", bench.times().runs()));
    lines.put("allocation", number("%,.0f bytes a run", bench.bytesPerRun()));
    lines.put(
        "speed",
        number("%.1f GFLOP/s in the fastest run", bench.gigaflops())
            + number(", %.0f %% of the peak", 100 * bench.gigaflops() / bench.peak())
            + number(" of %.1f", bench.peak()));
    lines.forEach((name, value) -> out.append("%-20s%s\n".formatted(name, value)));
    return out.toString();
  }

  private static String profile(Bench bench) {
    double whole = bench.profile().stream().mapToDouble(Bench.Part::nanoseconds).sum();
    long operations = bench.profile().stream().mapToLong(Bench.Part::operations).sum();
    List<List<String>> rows =
        bench.profile().stream().map(part -> row(part, whole, bench.peak())).toList();
    Bench.Part total = new Bench.Part("total", "", "", whole, operations);
    return new TextTable(HEAD, FIRST_NUMBER, rows, row(total, whole, bench.peak())).toString();
  }

  private static List<String> row(Bench.Part part, double whole, double peak) {
    boolean works = part.operations() > 0;
    return List.of(
        part.layer(),
        part.kernel(),
        part.shape(),
        number("%,.1f", part.nanoseconds() / 1e3),
        number("%.1f %%", 100 * part.nanoseconds() / whole),
        works ? number("%.1f", part.gigaflops()) : "-",
        works ? number("%.0f %%", 100 * part.gigaflops() / peak) : "-");
  }

  private static String milliseconds(long nanoseconds) {
    return number("%,.3f ms", nanoseconds / 1e6);
  }

  /** The same in every locale. */
  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
