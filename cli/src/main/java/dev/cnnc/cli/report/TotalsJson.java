package dev.cnnc.cli.report;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.load.ClassSize;
import tools.jackson.core.JsonGenerator;

/** The totals of a network as properties of an object; {@code cnnc cost --json} has the same. */
public final class TotalsJson {
  private TotalsJson() {}

  /** What the plan says. */
  public static void write(NetworkCost cost, JsonGenerator json) {
    json.writeNumberProperty("parameters", cost.parameters());
    json.writeNumberProperty("macs", cost.macs());
    json.writeNumberProperty("multiplications", cost.multiplications());
    json.writeNumberProperty("weightsFileBytes", cost.weightsFile());
    json.writeNumberProperty("packedWeightBytes", cost.packedWeights());
    json.writeNumberProperty("readBytes", cost.read());
    json.writeNumberProperty("writtenBytes", cost.written());
    json.writeNumberProperty("arenaBytes", cost.arena());
    json.writeNumberProperty("arenaLowerBoundBytes", cost.arenaLowerBound());
    json.writeNumberProperty("scratchBytes", cost.scratch());
    json.writeNumberProperty("memoryBytes", cost.memory());
    json.writeNumberProperty("memoryOfThreadBytes", cost.memoryOfThread());
  }

  /** What javac says. */
  public static void write(ClassSize code, JsonGenerator json) {
    json.writeNumberProperty("classBytes", code.bytes());
    json.writeNumberProperty("classFiles", code.files());
    json.writeStringProperty("largestMethod", code.largestMethod());
    json.writeNumberProperty("largestMethodBytes", code.largestBytecode());
  }
}
