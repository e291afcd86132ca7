package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** Collects what one pass could nearly have done. */
public final class Refusals {

  private final List<Refusal> all = new ArrayList<>();

  /**
   * A match that was declined.
   *
   * @param node the layer that stays, as it was before the pass
   * @param reason why, as a sentence without full stop
   */
  public record Refusal(Node node, String reason) {}

  void add(Node node, String reason) {
    all.add(new Refusal(node, reason));
  }

  /** In the order of the graph. */
  public List<Refusal> all() {
    return List.copyOf(all);
  }
}
