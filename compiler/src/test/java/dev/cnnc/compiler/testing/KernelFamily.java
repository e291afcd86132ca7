package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Layers that try a family of kernels, and the picture that they read.
 *
 * @param pictureOnly whether layers read the picture, and no sources of other sizes beside it
 * @param layers adds them
 */
record KernelFamily(
    String name,
    int channels,
    int height,
    int width,
    boolean pictureOnly,
    Consumer<KernelGraphs> layers) {

  /** Layers that read sources of all sizes. */
  static KernelFamily of(String name, int height, int width, Consumer<KernelGraphs> layers) {
    return new KernelFamily(name, 3, height, width, false, layers);
  }

  /** Layers that read the picture. */
  static KernelFamily of(
      String name, int channels, int height, int width, Consumer<KernelGraphs> layers) {
    return new KernelFamily(name, channels, height, width, true, layers);
  }

  /** A network of this family alone. */
  Graph graph() {
    return joined(List.of(this));
  }

  /**
   * One network with an input for each family.
   *
   * <p>Its class has each kernel once, which the classes of single families share two thirds of.
   */
  static Graph joined(List<KernelFamily> families) {
    KernelFamily first = families.getFirst();
    GraphBuilder graph = new GraphBuilder(first.channels, first.height, first.width);
    for (KernelFamily family : families.subList(1, families.size())) {
      String input = family.name.replace(' ', '_');
      graph.input(input, family.channels, family.height, family.width);
    }
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < families.size(); i++) {
      KernelGraphs building = new KernelGraphs(graph, i, outputs);
      if (!families.get(i).pictureOnly) {
        building.addSources();
      }
      families.get(i).layers.accept(building);
    }
    return graph.build(outputs.stream().mapToInt(Integer::intValue).sorted().toArray());
  }
}
