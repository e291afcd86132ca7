package dev.cnnc.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.GraphText;
import java.util.List;

/** What the tests of single passes have in common. */
abstract class PassTest {

  final GraphBuilder graph = new GraphBuilder(4, 6, 6);

  /** Before: four channels of six by six pixels; after: as {@link GraphText} writes it. */
  final void assertBecomes(Pass pass, int output, String golden) {
    assertThat(GraphText.of(after(pass, graph.build(output)))).isEqualTo(golden.strip());
  }

  final void assertKeeps(Pass pass, Graph before) {
    assertThat(GraphText.of(after(pass, before))).isEqualTo(GraphText.of(before));
  }

  final List<String> refusals(Pass pass, int... outputs) {
    return Passes.run(List.of(pass), graph.build(outputs)).getLast().refusals().stream()
        .map(refusal -> refusal.node().name() + ": " + refusal.reason())
        .toList();
  }

  private static Graph after(Pass pass, Graph before) {
    return Passes.run(List.of(pass), before).getLast().graph();
  }
}
