package dev.cnnc.compiler.onnx.text;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds modules in a chain: consecutive steps whose layers have a common prefix of names.
 *
 * <p>Invariant: the order of the steps stays; the name of a layer is the labels around it and the
 * rest of its own name.
 */
final class Scopes {

  private Scopes() {}

  /**
   * The chain with its modules.
   *
   * @param prefix prefix of all names in it, with its dot
   */
  static List<Step> of(List<Step> chain, String prefix) {
    List<Step> made = new ArrayList<>();
    int next = 0;
    while (next < chain.size()) {
      int end = end(chain, next, prefix);
      List<Step> run = chain.subList(next, end);
      Optional<String> label = component(run.getFirst(), prefix);
      if (label.isPresent()
          && isModule(run, prefix + label.get())
          && !isOneBranch(run, label.get())) {
        made.add(new Step.Scope(label.get(), of(run, prefix + label.get() + ".")));
        next = end;
      } else {
        made.add(inside(chain.get(next), prefix));
        next++;
      }
    }
    return made;
  }

  private static Step inside(Step step, String prefix) {
    return switch (step) {
      case Step.Join(Node node, List<List<Step>> branches) ->
          new Step.Join(node, branches.stream().map(branch -> of(branch, prefix)).toList());
      case Step.Source _, Step.Learned _, Step.Layer _, Step.Scope _ -> step;
    };
  }

  /** Whether the module is only one branch of a combinator; numbered modules are blocks. */
  private static boolean isOneBranch(List<Step> run, String label) {
    return run.size() == 1
        && run.getFirst() instanceof Step.Join(_, List<List<Step>> branches)
        && !Character.isDigit(label.charAt(label.length() - 1))
        && branches.stream()
                .filter(branch -> branch.stream().anyMatch(step -> step.weighted().count() > 0))
                .count()
            == 1;
  }

  /** Whether the steps are a module: several layers, none of which has the name of the module. */
  private static boolean isModule(List<Step> run, String name) {
    Set<String> names =
        run.stream().flatMap(Step::weighted).map(Node::name).collect(Collectors.toSet());
    return names.size() > 1 && !names.contains(name);
  }

  /** The end of the module of the first step. */
  private static int end(List<Step> chain, int start, String prefix) {
    Optional<String> label = component(chain.get(start), prefix);
    int end = start + 1;
    if (label.isEmpty()) {
      return end;
    }
    for (int i = end; i < chain.size(); i++) {
      Step step = chain.get(i);
      if (component(step, prefix).equals(label)) {
        end = i + 1;
      } else if (step.weighted().findAny().isPresent() || step instanceof Step.Source) {
        break;
      }
    }
    while (end < chain.size()
        && chain.get(end) instanceof Step.Layer(Node node)
        && (node.op() instanceof Op.Activate || node.op() instanceof Op.Shuffle)) {
      end++;
    }
    return end;
  }

  /** The next word of all names in a step, if it is one. */
  private static Optional<String> component(Step step, String prefix) {
    Set<String> words =
        step.weighted()
            .map(node -> node.name().substring(prefix.length()).split("[.]", 2)[0])
            .collect(Collectors.toSet());
    return words.size() == 1 ? Optional.of(words.iterator().next()) : Optional.empty();
  }
}
