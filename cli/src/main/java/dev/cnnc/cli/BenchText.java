package dev.cnnc.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    bench.predicted().ifPresent(forecast -> forecast(forecast, bench.times().median(), lines));
    lines.forEach((name, value) -> out.append("%-20s%s\n".formatted(name, value)));
    return out.toString();
  }

  private static String profile(Bench bench) {
    double whole = bench.profile().stream().mapToDouble(Bench.Part::nanoseconds).sum();
    long operations = bench.profile().stream().mapToLong(Bench.Part::operations).sum();
    List<List<String>> rows =
        bench.profile().stream().map(part -> row(part, whole, bench.peak())).toList();
    Bench.Part total = new Bench.Part("total", "", "", whole, operations);
    List<String> last = row(total, whole, bench.peak());
    return bench
        .predicted()
        .map(forecast -> table(forecast, whole, rows, last))
        .orElseGet(() -> new TextTable(HEAD, FIRST_NUMBER, rows, last))
        .toString();
  }

  /** The same with two columns for what was predicted. */
  private static TextTable table(
      Forecast forecast, double whole, List<List<String>> rows, List<String> last) {
    List<List<String>> wider = new ArrayList<>();
    for (int index = 0; index < rows.size(); index++) {
      wider.add(with(rows.get(index), forecast.parts().get(index)));
    }
    Forecast.Part run = new Forecast.Part("", whole, forecast.predicted(), true);
    List<String> head = joined(HEAD, List.of("predicted", "off by"));
    return new TextTable(head, FIRST_NUMBER, wider, with(last, run));
  }

  private static List<String> with(List<String> row, Forecast.Part part) {
    return joined(
        row,
        List.of(
            (part.known() ? "" : "? ") + number("%,.1f", part.predicted() / 1e3),
            number("%+,.0f %%", 100 * part.error())));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private static void forecast(Forecast forecast, long median, Map<String, String> lines) {
    double error = forecast.predicted() / median - 1;
    lines.put(
        "predicted",
        number("%,.3f ms", forecast.predicted() / 1e6)
            + number(", %+.1f %% of the median", 100 * error));
    lines.put(
        "within 20 %",
        "%s of %s layers that take more than 1 %% of a run"
            .formatted(forecast.near(), forecast.judged()));
    lines.put(
        "worst",
        forecast.worst().stream()
            .map(
                part ->
                    part.layer()
                        + number(
                            " %+,.1f microseconds", (part.predicted() - part.measured()) / 1e3))
            .collect(Collectors.joining(", ")));
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
