package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.emit.kernel.Lanes;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.TensorSource;
import dev.cnnc.runtime.weights.WeightsFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Runs plans on one thread with scalar kernels that count what they do. */
public final class CountedRun {
  /** What weights are packed for: the widest vectors, whose panels are the largest. */
  private static final int LANES = 16;

  /** No number matters: what kernels do depends on none. */
  private static final TensorSource ZEROS =
      (name, shape) -> new float[shape.stream().reduce(1, (a, b) -> a * b)];

  private CountedRun() {}

  /** Gives the counts of each step of each plan, by the name of the plan. */
  public static void of(Map<String, Plan> plans, BiConsumer<String, List<Counted.Counts>> counts) {
    Map<String, Emitter.Emitted> emitted = new LinkedHashMap<>();
    Map<String, String> texts = new HashMap<>();
    plans.forEach(
        (name, plan) -> {
          Emitter.Emitted java =
              Emitter.emit(List.of(plan), "counted" + emitted.size(), "", List.of(Lanes.COUNTING));
          emitted.put(name, java);
          texts.putAll(java.sources());
          texts.compute(java.sources().lastEntry().getKey(), (_, kernels) -> Counted.text(kernels));
        });
    Map<String, byte[]> classes = JavaInMemory.compile(texts);
    emitted.forEach(
        (name, java) -> counts.accept(name, run(plans.get(name), java.className(), classes)));
  }

  private static List<Counted.Counts> run(Plan plan, String name, Map<String, byte[]> classes) {
    WeightsFile file =
        new WeightsFile(plan.network().graph().name(), plan.network().labels(), plan.packed());
    PackedWeights weights = PackedWeights.of(file, ZEROS, LANES);
    List<Counted.Counts> steps = new ArrayList<>();
    try (NetworkInstance network = InMemory.instance(name, classes, weights, Threads.caller())) {
      network.listen((_, _, _) -> steps.add(Counted.next()));
      float[][] inputs =
          network.signature().inputs().stream()
              .map(input -> new float[input.view().size()])
              .toArray(float[][]::new);
      Counted.begin(weights.values(), plan.arena());
      network.run(inputs, Results.room(network));
    }
    return steps;
  }
}
