package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** Collects the matches that a pass declined. */
public final class Refusals {

  private final List<Refusal> all = new ArrayList<>();

  /**
   * A match that was declined.
   *
   * @param node the layer that stays, as it was before the pass
   * @param reason the reason, as a sentence without a full stop
   */
  public record Refusal(Node node, String reason) {}

  void add(Node node, String reason) {
    all.add(new Refusal(node, reason));
  }

  /** All refusals, in the order of the graph. */
  public List<Refusal> all() {
    return List.copyOf(all);
  }
}
