package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.Locale;
import java.util.Optional;

/**
 * Two linear 1x1 convs, or two linear fcs, in a row become one if that saves multiplications:
 * {@code w = w2 w1}, {@code b = w2 b1 + b2}.
 */
final class LinearChains {

  private LinearChains() {}

  static Graph fold(Graph graph, Refusals refusals) {
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          if (node.op() instanceof Op.Weighted second && isMatrix(second)) {
            fold(graph, node, second, to, refusals);
          } else {
            to.keep(node);
          }
        });
  }

  private static void fold(
      Graph graph, Node node, Op.Weighted second, Rewriter to, Refusals refusals) {
    int input = node.inputs().getFirst();
    boolean candidate = to.producer(input).op() instanceof Op.Weighted first && isMatrix(first);
    if (!candidate) {
      to.keep(node);
      return;
    }
    switch (Fusion.ofBareSum(to, input)) {
      case Fusion.Refused(String reason) -> {
        refusals.add(node, reason);
        to.keep(node);
      }
      case Fusion.By(Node producer, Op.Weighted first) -> {
        Shape between = graph.node(input).shape();
        Optional<Op.Weighted> one = joined(first, second, between);
        if (one.isEmpty()) {
          to.keep(node);
          return;
        }
        long apart = macs(first, between) + macs(second, node.shape());
        long together = macs(one.get(), node.shape());
        if (together < apart) {
          int[] residual = node.inputs().stream().skip(1).mapToInt(Integer::intValue).toArray();
          to.fuse(node, producer, one.get(), residual);
        } else {
          refusals.add(
              node,
              String.format(
                  Locale.ROOT,
                  "with %s it would take %,d multiply-accumulates instead of %,d",
                  producer.name(),
                  together,
                  apart));
          to.keep(node);
        }
      }
    }
  }

  /** Whether an output pixel depends on one input pixel. */
  static boolean isMatrix(Op.Weighted op) {
    return switch (op) {
      case Op.Fc _ -> true;
      case Op.Conv conv ->
          // A conv with the weights of an fc has a matrix of another rank.
          !conv.isFc()
              && conv.groups() == 1
              && conv.window().isOnePixel()
              && conv.window().padding().equals(Padding.NONE);
    };
  }

  private static Optional<Op.Weighted> joined(
      Op.Weighted first, Op.Weighted second, Shape between) {
    Recipe weight = new Recipe.Product(second.weight(), first.weight());
    Optional<Recipe> carried = first.bias().map(bias -> new Recipe.Product(second.weight(), bias));
    Optional<Recipe> bias =
        carried.isPresent() && second.bias().isPresent()
            ? Optional.of(new Recipe.Sum(carried.get(), second.bias().get()))
            : carried.or(second::bias);
    return switch (second) {
      case Op.Conv conv when first instanceof Op.Conv before ->
          Optional.of(
              new Op.Conv(
                  conv.filters(),
                  onePixel(before.window(), conv.window()),
                  1,
                  weight,
                  bias,
                  conv.epilogue()));
      case Op.Fc fc when first instanceof Op.Fc && between.isVector() ->
          Optional.of(new Op.Fc(fc.outputs(), weight, bias, fc.epilogue()));
      case Op.Conv _, Op.Fc _ -> Optional.empty();
    };
  }

  private static Window onePixel(Window first, Window second) {
    return new Window(
        1,
        1,
        first.strideHeight() * second.strideHeight(),
        first.strideWidth() * second.strideWidth(),
        1,
        1,
        Padding.NONE);
  }

  private static long macs(Op.Weighted op, Shape output) {
    long weights = 1;
    for (int size : op.weight().shape()) {
      weights *= size;
    }
    return weights * output.pixels();
  }
}
