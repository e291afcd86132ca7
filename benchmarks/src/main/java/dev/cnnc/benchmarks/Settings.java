package dev.cnnc.benchmarks;

import dev.cnnc.compiler.measure.Clock;
import java.util.List;

/**
 * The settings of every process of a comparison.
 *
 * @param seconds shortest time that a process measures
 * @param processor the processor of the calling thread
 */
record Settings(int threads, double seconds, Clock clock, int processor) {

  /** How many words they are. */
  static final int WORDS = 4;

  /** The settings as arguments of a command line. */
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
