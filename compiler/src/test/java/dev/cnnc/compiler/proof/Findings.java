package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Tries one seed after the other, shows how far it is, and keeps what it finds. */
final class Findings {

  /** Each is made smaller, which takes long: whoever has so many has one fault. */
  private static final int MOST = 10;

  private static final long PAUSE = 10_000_000_000L;

  private final String what;
  private final List<String> found = new ArrayList<>();

  private Findings(String what) {
    this.what = what;
  }

  /**
   * Fails if one of them does.
   *
   * @param what in the plural, as {@link Budget} calls it
   * @param trial shows what is wrong with a seed
   */
  static void none(String what, long seed, int count, LongFunction<Optional<String>> trial) {
    Findings findings = new Findings(what);
    long said = System.nanoTime();
    int tried = 0;
    while (tried < count && findings.found.size() < MOST) {
      long each = seed + tried++;
      trial.apply(each).ifPresent(finding -> findings.add(finding, each));
      // When a line is shown depends on the clock, and nothing else does.
      if (System.nanoTime() - said > PAUSE || tried == count) {
        said = System.nanoTime();
        System.out.printf(
            "proof: %s of %s %s, the last of seed %s, %s findings%n",
            tried, count, what, each, findings.found.size());
      }
    }
    assertThat(findings.found).as("%s %s from seed %s", tried, what, seed).isEmpty();
  }

  private void add(String finding, long seed) {
    String whole = "%s%nrepeat: %s%n".formatted(finding, Budget.repeat(what, seed));
    System.out.println(whole);
    found.add(whole);
  }
}
