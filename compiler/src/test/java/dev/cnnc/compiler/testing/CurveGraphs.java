package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Activation.Elementary;
import java.util.List;
import java.util.stream.Stream;

/** Trigonometric functions, each of numbers for which it is defined. */
final class CurveGraphs {

  /** From -0.5 to 0.5, where none of them is steep. */
  private static final List<Activation> SMALL =
      List.of(
          Elementary.TAN,
          Elementary.ASIN,
          Elementary.ACOS,
          Elementary.SINH,
          Elementary.COSH,
          Elementary.ATANH);

  private static final List<Activation> ANY =
      List.of(Elementary.SIN, Elementary.COS, Elementary.ATAN, Elementary.ASINH);

  static List<Activation> functions() {
    return Stream.of(SMALL, ANY, List.of(Elementary.ACOSH))
        .<Activation>flatMap(List::stream)
        .toList();
  }

  private CurveGraphs() {}

  static KernelFamily family() {
    return KernelFamily.of("curves", 2, 3, CurveGraphs::add);
  }

  private static void add(KernelGraphs to) {
    GraphBuilder graph = to.graph();
    for (int source : to.sources()) {
      int wave = to.show(graph.activate(to.name("wave"), new Activation.Tanh(), source));
      int half = to.show(graph.activate(to.name("half"), new Activation.Linear(0.5, 0), wave));
      int two = to.show(graph.activate(to.name("two"), new Activation.Linear(0.5, 2), wave));
      SMALL.forEach(each -> to.show(graph.activate(to.name("small"), each, half)));
      ANY.forEach(each -> to.show(graph.activate(to.name("any"), each, source)));
      to.show(graph.activate(to.name("beyond"), Elementary.ACOSH, two));
    }
  }
}
