package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The families of kernels, and which of them share a network. */
public final class KernelGroups {

  private KernelGroups() {}

  /** All families, each a network of its own, by name. */
  public static Map<String, Graph> all() {
    Map<String, Graph> all = new LinkedHashMap<>();
    for (List<KernelFamily> group : groups().values()) {
      group.forEach(family -> all.put(family.name(), family.graph()));
    }
    return all;
  }

  /** Families that have many kernels in common, and whose values fit into a small heap together. */
  static SequencedMap<String, List<KernelFamily>> groups() {
    SequencedMap<String, List<KernelFamily>> groups = new LinkedHashMap<>();
    groups.put(
        "elementwise",
        List.of(
            KernelFamily.of("pointwise", 2, 3, KernelGraphs::pointwise),
            KernelFamily.of("channels", 2, 6, KernelGraphs::channels)));
    groups.put(
        "movement",
        List.of(
            KernelFamily.of("pool", 7, 6, KernelGraphs::pools),
            KernelFamily.of("movement", 3, 2, KernelGraphs::movement),
            KernelFamily.of("attention", 5, 7, KernelGraphs::attention)));
    groups.put("layers", LayerGraphs.families());
    groups.put("curves", List.of(CurveGraphs.family()));
    groups.put("places", List.of(SampleGraphs.family()));
    groups.put(
        "convs",
        both(
            List.of(
                KernelFamily.of("conv", 6, 8, KernelGraphs::convs),
                KernelFamily.of("grouped conv", 7, 6, KernelGraphs::groupedConvs),
                KernelFamily.of("depthwise", 6, 9, KernelGraphs::depthwise),
                KernelFamily.of("fc", 3, 4, KernelGraphs::fcs),
                KernelFamily.of("fc of one pixel", 1, 1, KernelGraphs::fcs)),
            ConvGraphs.inRuns()));
    groups.put("winograd", ConvGraphs.winograd());
    groups.put("pictures", both(PlanarGraphs.families(), StemGraphs.families()));
    return groups;
  }

  private static List<KernelFamily> both(List<KernelFamily> first, List<KernelFamily> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
