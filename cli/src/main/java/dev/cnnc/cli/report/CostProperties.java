package dev.cnnc.cli.report;

import dev.cnnc.compiler.cost.NetworkCost;
import dev.cnnc.compiler.load.ClassSize;
import dev.cnnc.compiler.plan.StepCost;
import tools.jackson.core.JsonGenerator;

/** Costs as properties of an object: those of {@code cnnc cost --json} and of a report. */
public final class CostProperties {
  private CostProperties() {}

  /** What the plan says of one step. */
  public static void write(StepCost cost, JsonGenerator json) {
    json.writeNumberProperty("macs", cost.macs());
    json.writeNumberProperty("multiplications", cost.multiplications());
    json.writeNumberProperty("weightBytes", cost.weights() * Float.BYTES);
    json.writeNumberProperty("readBytes", cost.read() * Float.BYTES);
    json.writeNumberProperty("writtenBytes", cost.written() * Float.BYTES);
    json.writeNumberProperty("aliveBytes", cost.alive() * Float.BYTES);
    json.writeNumberProperty("scratchBytes", cost.scratch() * Float.BYTES);
  }

  /** What the plan says of all. */
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
