package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Computation;

/** Small pictures read within and around them: a place within reads every pixel. */
final class SampleGraphs {

  private SampleGraphs() {}

  static KernelFamily family() {
    return KernelFamily.of("sample", 9, 8, SampleGraphs::add);
  }

  private static void add(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    for (int source : to.sources()) {
      int channels = graph.shape(source).channels();
      int picture = to.show(graph.learned(to.name("learned"), channels, 2, 2));
      int numbers = to.show(graph.learned(to.name("learned"), 2, 9, channels));
      int wave = to.show(graph.activate(to.name("wave"), new Activation.Tanh(), numbers));
      Activation around = new Activation.Linear(0.9, 0.5);
      int places = to.show(graph.activate(to.name("places"), around, wave));
      to.show(graph.add(to.name("sample"), new Computation.Sample(), picture, places));
    }
  }
}
