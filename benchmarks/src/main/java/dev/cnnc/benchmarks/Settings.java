package dev.cnnc.benchmarks;

import dev.cnnc.compiler.measure.Clock;
import java.util.List;

/**
 * What every process of a comparison is told.
 *
 * @param seconds that a process measures at least
 * @param processor that the calling thread stays on
 */
record Settings(int threads, double seconds, Clock clock, int processor) {

  /** As words of a command line. */
  List<String> words() {
    return List.of(
        String.valueOf(threads), String.valueOf(seconds), clock.name(), String.valueOf(processor));
  }

  static Settings parse(List<String> words) {
    return new Settings(
        Integer.parseInt(words.get(0)),
        Double.parseDouble(words.get(1)),
        Clock.valueOf(words.get(2)),
        Integer.parseInt(words.get(3)));
  }
}
