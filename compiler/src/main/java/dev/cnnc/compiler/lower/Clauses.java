package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.weights.Storage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the clauses of a file: weights, labels, preprocess, budget, exact. */
final class Clauses {

  private final Problems problems;
  private final Evaluator evaluator;
  private final Supplier<Here> start;
  private final Project project;

  /** All of them. */
  record Read(
      Network.Weights weights,
      Storage storage,
      List<String> labels,
      Optional<Preprocess> preprocess,
      boolean exact) {}

  Clauses(Problems problems, Evaluator evaluator, Supplier<Here> start, Project project) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
    this.project = project;
  }

  /** Reads them, checked against the shapes that enter and leave the network. */
  Read read(Single single, Optional<Shape> entering, Optional<Shape> leaving) {
    single
        .find(Ast.Budget.class, "budget", false)
        .ifPresent(
            budget ->
                problems.add(Code.W232, budget.span(), Frame.ROOT, "budget is not checked yet"));
    Optional<Ast.Labels> labels = single.find(Ast.Labels.class, "labels", false);
    List<String> read = labels.map(l -> new LabelList(problems, project).read(l)).orElse(List.of());
    labels.ifPresent(l -> compare(l, read, leaving));
    Optional<Ast.Weights> weights = single.find(Ast.Weights.class, "weights", false);
    return new Read(
        weights.map(this::weights).orElse(new Network.Weights.Unsaid()),
        weights.flatMap(Ast.Weights::storage).flatMap(this::storage).orElse(Storage.F32),
        read,
        single
            .find(Ast.Preprocess.class, "preprocess", false)
            .flatMap(p -> new PreprocessClause(problems, evaluator, start.get()).read(p, entering)),
        single.find(Ast.Exact.class, "exact", false).isPresent());
  }

  private Optional<Storage> storage(Ast.Name name) {
    Optional<Storage> found =
        Arrays.stream(Storage.values())
            .filter(storage -> storage.name().toLowerCase(Locale.ROOT).equals(name.text()))
            .findFirst();
    if (found.isEmpty()) {
      problems.add(
          Code.E222,
          name.span(),
          Frame.ROOT,
          "weights cannot be kept as " + name.text(),
          "write as f32, as f16 or as bf16");
    }
    return found;
  }

  private Network.Weights weights(Ast.Weights weights) {
    Ast.Expression origin = weights.origin();
    if (origin instanceof Ast.Call(Ast.Name name, var arguments, _)
        && arguments.isEmpty()
        && name.text().equals("synthetic")) {
      return new Network.Weights.Synthetic();
    }
    if (origin instanceof Ast.Text(String file, _) && !file.isBlank()) {
      try {
        Path path = project.folder().resolve(file);
        if (!project.allows(path)) {
          project.refuse(problems, origin.span(), file);
          return new Network.Weights.Unsaid();
        }
        return new Network.Weights.File(path);
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
