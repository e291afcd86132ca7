package dev.cnnc.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** The accumulators of a network. They have names, so that Spark shows them for each stage. */
record Meters(
    LongAccumulator answered,
    LongAccumulator refused,
    LongAccumulator loads,
    Milliseconds reading,
    Milliseconds computing)
    implements Serializable {

  static Meters of(SparkContext context, String network) {
    return new Meters(
        context.longAccumulator(network + ": pictures answered"),
        context.longAccumulator(network + ": pictures refused"),
        context.longAccumulator(network + ": loads"),
        registered(context, network + ": ms reading"),
        registered(context, network + ": ms computing"));
  }

  private static Milliseconds registered(SparkContext context, String name) {
    Milliseconds time = new Milliseconds();
    context.register(time, name);
    return time;
  }

  PictureCount count() {
    return new PictureCount(
        answered.sum(), refused.sum(), loads.sum(), reading.time(), computing.time());
  }
}
