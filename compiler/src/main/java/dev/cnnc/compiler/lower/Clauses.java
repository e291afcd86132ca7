package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.runtime.Preprocess;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What a file says around its graph: weights, labels, preprocess, budget, exact. */
final class Clauses {

  private final Problems problems;
  private final Evaluator evaluator;
  private final Supplier<Here> start;
  private final Path folder;

  /** All of them. */
  record Read(
      Network.Weights weights,
      List<String> labels,
      Optional<Preprocess> preprocess,
      boolean exact) {}

  Clauses(Problems problems, Evaluator evaluator, Supplier<Here> start, Path folder) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
    this.folder = folder;
  }

  /** Reads them, checked against the shapes that enter and leave the network. */
  Read read(Single single, Optional<Shape> entering, Optional<Shape> leaving) {
    single
        .find(Ast.Budget.class, "budget", false)
        .ifPresent(
            budget ->
                problems.add(Code.W232, budget.span(), Frame.ROOT, "budget is not checked yet"));
    Optional<Ast.Labels> labels = single.find(Ast.Labels.class, "labels", false);
    List<String> read = labels.map(l -> new LabelList(problems, folder).read(l)).orElse(List.of());
    labels.ifPresent(l -> compare(l, read, leaving));
    return new Read(
        single
            .find(Ast.Weights.class, "weights", false)
            .map(this::weights)
            .orElse(new Network.Weights.Unsaid()),
        read,
        single
            .find(Ast.Preprocess.class, "preprocess", false)
            .flatMap(p -> new PreprocessClause(problems, evaluator, start.get()).read(p, entering)),
        single.find(Ast.Exact.class, "exact", false).isPresent());
  }

  private Network.Weights weights(Ast.Weights weights) {
    weights
        .storage()
        .ifPresent(
            storage ->
                problems.add(
                    Code.W233,
                    storage.span(),
                    Frame.ROOT,
                    "storage as %s is not honoured yet: weights are kept in 32 bits"
                        .formatted(storage.text())));
    Ast.Expression origin = weights.origin();
    if (origin instanceof Ast.Call(Ast.Name name, var arguments, _)
        && arguments.isEmpty()
        && name.text().equals("synthetic")) {
      return new Network.Weights.Synthetic();
    }
    if (origin instanceof Ast.Text(String file, _) && !file.isBlank()) {
      try {
        return new Network.Weights.File(folder.resolve(file));
      } catch (InvalidPathException _) {
        problems.add(Code.E221, origin.span(), Frame.ROOT, "this is no path: \"" + file + '"');
        return new Network.Weights.Unsaid();
      }
    }
    problems.add(
        Code.E221,
        origin.span(),
        Frame.ROOT,
        "weights are a file's name in quotes, or synthetic",
        "write weights \"FILE.safetensors\"");
    return new Network.Weights.Unsaid();
  }

  private void compare(Ast.Labels labels, List<String> read, Optional<Shape> leaving) {
    if (!read.isEmpty()
        && leaving.isPresent()
        && !leaving.get().equals(Shape.vector(read.size()))) {
      problems.add(
          Code.W231,
          labels.span(),
          Frame.ROOT,
          String.format(
              Locale.ROOT,
              "the file has %,d %s, but the output is %s",
              read.size(),
              read.size() == 1 ? "label" : "labels",
              leaving.get()));
    }
  }
}
