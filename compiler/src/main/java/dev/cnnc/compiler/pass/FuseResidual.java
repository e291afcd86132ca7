package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The addition of two values becomes the epilogue of the conv or fc that computes one of them.
 *
 * <p>The fused node has the place of the addition, so the other value is already computed. That
 * value cannot depend on the conv, because the addition was the only reader of the conv.
 */
record FuseResidual() implements Pass {

  private static final Epilogue WITH_RESIDUAL = new Epilogue(true, new Activation.Identity());

  @Override
  public String reason() {
    return "a residual added in registers saves two walks through memory";
  }

  @Override
  public Graph apply(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.Add) {
            fuse(node, to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  /** If both could be fused, the later one is, so that no node has to move. */
  private static void fuse(Node node, Rewriter to, Refusals refusals) {
    if (node.inputs().size() != 2) {
      refusals.add(node, "it adds " + node.inputs().size() + " values, not two");
      to.keep(node);
      return;
    }
    List<String> reasons = new ArrayList<>();
    for (int sum : node.inputs().stream().sorted(Comparator.reverseOrder()).toList()) {
      switch (Fusion.ofBareSum(to, sum)) {
        case Fusion.By(Node producer, Op.Weighted op) -> {
          int residual = node.inputs().get(node.inputs().indexOf(sum) == 0 ? 1 : 0);
          to.fuse(node, producer, op.with(WITH_RESIDUAL), residual);
          return;
        }
        case Fusion.Refused(String reason) -> reasons.add(reason);
      }
    }
    refusals.add(node, reasons.stream().distinct().collect(Collectors.joining(", ")));
    to.keep(node);
  }
}
