package dev.cnnc.compiler.predict;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.Tile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The amounts of work of one step, while they are counted. */
final class Amounts {
  /** What every step has. */
  static final List<String> GENERAL =
      List.of("step", "multiplications", "weights", "read", "written", "floats");

  private final int lanes;
  private final ReadSpeed speed;
  private final StepCost cost;
  private final Map<String, Double> amounts = new LinkedHashMap<>();

  Amounts(int lanes, ReadSpeed speed, StepCost cost, Reuse.Touch touch) {
    this.lanes = lanes;
    this.speed = speed;
    this.cost = cost;
    add("step", 1);
    add("weights", touch.weights());
    add("read", touch.read());
    add("written", touch.written());
    add("multiplications", (double) cost.multiplications());
    add("floats", (double) cost.read() + cost.written());
  }

  Map<String, Double> all() {
    return amounts;
  }

  int lanes() {
    return lanes;
  }

  StepCost cost() {
    return cost;
  }

  void add(String name, double amount) {
    amounts.merge(name, amount, Double::sum);
  }

  /** Vectors that hold so many channels of so many pixels. */
  double vectors(double pixels, int channels) {
    return pixels * Math.ceilDiv(channels, lanes);
  }

  /** What becomes of the sums of an output. */
  void epilogue(Epilogue epilogue, View write) {
    double vectors =
        vectors((double) write.height() * write.width(), Tile.padded(write.channels()));
    add("stored", vectors);
    if (epilogue.residual()) {
      add("residual", vectors);
    }
    activation(epilogue.activation(), vectors);
  }

  void activation(Activation activation, double vectors) {
    add("operations", vectors * Operations.of(activation));
  }

  /** All weights once more for each block of pixels behind the first. */
  void again(int blocks) {
    double bytes = (double) cost.weights() * Float.BYTES;
    add("again", (blocks - 1) * bytes * speed.nanoseconds(bytes));
  }

  /** Bytes that are read from a place that so many others pass through. */
  void bytes(String name, double bytes, double distance) {
    add(name, bytes * speed.beyondFastest(distance));
  }

  /**
   * Register tiles over a block of pixels and all outputs.
   *
   * @param count pixels of the block
   * @param reduction channels and taps of a sum
   * @param runs into which it is divided
   * @param times so often
   * @param lower the tile that is really used for one of the list
   */
  void tiles(
      Tile.Use use,
      int outputs,
      double count,
      double reduction,
      double runs,
      double times,
      UnaryOperator<Tile> lower) {
    for (Tile wide : Tile.cover(use, lanes, Tile.padded(outputs))) {
      Tile tile = lower.apply(wide);
      double width = tile.outputs(lanes);
      double calls = Math.ceil(count / tile.pixels());
      add("sums" + tile.vectors(), times * count * width * reduction);
      add("calls", times * calls * runs);
      double panel = reduction * width * Float.BYTES;
      bytes("panel", times * calls * panel, panel + tile.pixels() * reduction * Float.BYTES);
    }
  }
}
