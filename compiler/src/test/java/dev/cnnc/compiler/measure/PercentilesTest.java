package dev.cnnc.compiler.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentilesTest {

  @Test
  void areThoseOfTheSortedTimes() {
    SplittableRandom random = new SplittableRandom(5);
    long[] times = new long[10_000];
    Percentiles percentiles = new Percentiles();
    for (int i = 0; i < times.length; i++) {
      times[i] = random.nextLong() >>> random.nextInt(1, 64);
      percentiles.add(times[i]);
    }
    Arrays.sort(times);
    for (double share : new double[] {1e-4, 0.1, 0.5, 0.99, 0.999, 1}) {
      long exact = times[(int) Math.ceil(share * times.length) - 1];
      assertThat(percentiles.at(share)).as("%s", share).isBetween(exact, exact + exact / 128 + 1);
    }
    assertThat(percentiles.longest()).isEqualTo(times[times.length - 1]);
    assertThat(percentiles.count()).isEqualTo(times.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 255, 256, 257, 511, 512, 1 << 20, Long.MAX_VALUE})
  void ofOneTimeIsThatTime(long time) {
    Percentiles percentiles = new Percentiles();
    percentiles.add(time);
    assertThat(percentiles.at(0.5)).isEqualTo(time);
    assertThat(percentiles.at(1)).isEqualTo(time);
  }

  @Test
  void ofNoTimeAreNone() {
    assertThatIllegalStateException().isThrownBy(() -> new Percentiles().at(0.5));
  }
}
