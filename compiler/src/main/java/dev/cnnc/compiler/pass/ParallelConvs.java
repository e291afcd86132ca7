package dev.cnnc.compiler.pass;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.runtime.weights.Recipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several 1x1 convs on one value become one wider conv, whose output is sliced by address.
 *
 * <p>Their stride and activation must be equal, and they must have no residual.
 */
final class ParallelConvs {

  private ParallelConvs() {}

  /** The common properties of convs that can be joined. */
  private record Family(int input, Window window, Activation activation) {}

  static Graph join(Graph graph, Refusals refusals) {
    Map<Integer, List<Node>> families = families(graph, refusals);
    Map<Integer, Node> wide = new HashMap<>();
    return Rewriter.rewrite(
        graph,
        (node, to) -> {
          List<Node> family = families.get(node.id());
          if (family == null) {
            to.keep(node);
            return;
          }
          Node joined = wide.computeIfAbsent(family.getFirst().id(), _ -> joined(family, node, to));
          int from = 0;
          for (Node other : family) {
            if (other.id() == node.id()) {
              to.read(node, new Op.Slice(from, from + node.shape().channels()), joined);
            }
            from += other.shape().channels();
          }
        });
  }

  /** Maps each conv to the convs with which it is joined, including itself. */
  private static Map<Integer, List<Node>> families(Graph graph, Refusals refusals) {
    Map<Family, List<Node>> all = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Conv conv && isCandidate(conv)) {
        Family family =
            new Family(node.inputs().getFirst(), conv.window(), conv.epilogue().activation());
        all.computeIfAbsent(family, _ -> new ArrayList<>()).add(node);
      }
    }
    Set<Integer> parts =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Op.Concat)
            .flatMap(node -> node.inputs().stream())
            .collect(Collectors.toSet());
    return all.values().stream()
        .map(family -> movable(family, parts, refusals))
        .filter(family -> family.size() > 1)
        .flatMap(family -> family.stream().map(node -> Map.entry(node.id(), family)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isCandidate(Op.Conv conv) {
    // A conv with the weights of an fc has a matrix of another rank.
    return !conv.isFc()
        && conv.groups() == 1
        && conv.window().isOnePixel()
        && conv.window().padding().equals(Padding.NONE)
        && !conv.epilogue().residual();
  }

  /**
   * The convs except those that are written directly into a concat, because as slices they would be
   * copied.
   */
  private static List<Node> movable(List<Node> family, Set<Integer> parts, Refusals refusals) {
    List<Node> movable = new ArrayList<>();
    for (Node node : family) {
      if (!parts.contains(node.id())) {
        movable.add(node);
      } else if (family.size() > 1) {
        refusals.add(node, "it is written straight into a concat");
      }
    }
    return movable;
  }

  private static Node joined(List<Node> family, Node first, Rewriter to) {
    List<Op.Conv> convs = family.stream().map(node -> (Op.Conv) node.op()).toList();
    int filters = convs.stream().mapToInt(Op.Conv::filters).sum();
    Shape shape = new Shape(filters, first.shape().height(), first.shape().width());
    Op.Conv like = convs.getFirst();
    Op op =
        new Op.Conv(
            filters,
            like.window(),
            1,
            new Recipe.Join(convs.stream().map(Op.Conv::weight).toList()),
            bias(convs),
            like.epilogue());
    // Short, whatever the names and the number of the layers.
    String name = "%s_and_%s_more".formatted(first.name(), family.size() - 1);
    return to.extra(name, first, op, shape);
  }

  private static Optional<Recipe> bias(Collection<Op.Conv> convs) {
    if (convs.stream().allMatch(conv -> conv.bias().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new Recipe.Join(
            convs.stream()
                .map(
                    conv ->
                        conv.bias().orElseGet(() -> new Recipe.Filled(0, List.of(conv.filters()))))
                .toList()));
  }
}
