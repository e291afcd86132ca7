package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import java.util.ArrayList;
import java.util.List;

/** Compiles, loads and runs, all in this JVM. */
record CompiledEngine(int threads) implements Engine {

  @Override
  public Answer run(NetworkFile file, List<float[]> inputs, Progress progress) {
    Built built = Built.of(file, progress);
    Plan plan = built.own().plan();
    try (NetworkInstance compiled = built.instance(threads, Start.QUICK)) {
      return run(compiled, plan.network().graph(), inputs, plan.steps(), progress);
    }
  }

  private static Answer run(
      NetworkInstance compiled,
      Graph graph,
      List<float[]> inputs,
      List<Step> steps,
      Progress progress) {
    List<Answer.Output> outputs = new ArrayList<>();
    for (Graph.Output output : graph.outputs()) {
      Shape shape = graph.node(output.node()).shape();
      outputs.add(new Answer.Output(output.name(), shape, new float[shape.size()]));
    }
    progress.stage(running(steps, 0));
    // Called at the end of a step, when the next step begins.
    compiled.listen((index, _, _) -> progress.stage(running(steps, index + 1)));
    float[][] data = outputs.stream().map(Answer.Output::data).toArray(float[][]::new);
    float[][] given = inputs.toArray(float[][]::new);
    long start = System.nanoTime();
    compiled.run(given, data);
    return new Answer(outputs, (System.nanoTime() - start) / 1e6);
  }

  private static String running(List<Step> steps, int index) {
    return index < steps.size()
        ? "running, %s of %s: %s".formatted(index + 1, steps.size(), steps.get(index).node().name())
        : "running";
  }
}
