package dev.cnnc.spark;

import java.time.Duration;
import org.apache.spark.util.AccumulatorV2;

/**
 * A time that is added up in nanoseconds and shown in milliseconds: a small network takes less than
 * one of these for a picture.
 */
final class Milliseconds extends AccumulatorV2<Long, Long> {
  private static final long serialVersionUID = 1;

  private long nanoseconds;

  void add(long more) {
    nanoseconds += more;
  }

  @Override
  public void add(Long more) {
    nanoseconds += more;
  }

  Duration time() {
    return Duration.ofNanos(nanoseconds);
  }

  @Override
  public Long value() {
    return nanoseconds / 1_000_000;
  }

  @Override
  public boolean isZero() {
    return nanoseconds == 0;
  }

  @Override
  public void reset() {
    nanoseconds = 0;
  }

  @Override
  public AccumulatorV2<Long, Long> copy() {
    Milliseconds copy = new Milliseconds();
    copy.nanoseconds = nanoseconds;
    return copy;
  }

  @Override
  public void merge(AccumulatorV2<Long, Long> other) {
    nanoseconds += ((Milliseconds) other).nanoseconds;
  }
}
