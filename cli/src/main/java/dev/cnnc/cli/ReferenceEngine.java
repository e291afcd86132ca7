package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Plain loops in double over the network as written; every output is rounded to float once. */
record ReferenceEngine() implements Engine {

  @Override
  public Answer run(NetworkFile file, List<float[]> inputs, Progress progress) {
    progress.stage("interpreting");
    Graph graph = file.written().graph();
    long start = System.nanoTime();
    Map<String, double[]> values = Reference.run(graph, file.source(), inputs);
    double milliseconds = (System.nanoTime() - start) / 1e6;
    List<Answer.Output> outputs = new ArrayList<>();
    for (Graph.Output output : graph.outputs()) {
      Shape shape = graph.node(output.node()).shape();
      double[] exact = Objects.requireNonNull(values.get(output.name()));
      float[] data = new float[exact.length];
      for (int index = 0; index < data.length; index++) {
        data[index] = (float) exact[index];
      }
      outputs.add(new Answer.Output(output.name(), shape, data));
    }
    return new Answer(outputs, milliseconds);
  }
}
