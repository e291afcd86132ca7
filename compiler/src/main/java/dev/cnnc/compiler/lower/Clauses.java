package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.vision.Answer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
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
      List<Network.Input> inputs,
      boolean exact,
      List<Answer<?>> answers) {}

  Clauses(Problems problems, Evaluator evaluator, Supplier<Here> start, Project project) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
    this.project = project;
  }

  /** Reads them, checked against the shapes that enter and leave the network. */
  Read read(
      Single single,
      SequencedMap<String, Optional<Shape>> entering,
      SequencedMap<String, Optional<Shape>> leaving) {
    single
        .find(Ast.Budget.class, "budget", false)
        .ifPresent(budget -> new BudgetClause(problems, project).read(budget));
    Optional<Ast.Labels> labels = single.find(Ast.Labels.class, "labels", false);
    List<String> read = labels.map(l -> new LabelList(problems, project).read(l)).orElse(List.of());
    Optional<Signature> shapes = OuterShapes.signature(entering, leaving);
    List<Ast.Answer> clauses = single.all(Ast.Answer.class);
    AnswerClauses.Read answers =
        new AnswerClauses(problems, evaluator, start.get(), project).read(clauses, shapes);
    if (!answers.keys().isEmpty() && labels.isPresent()) {
      problems.add(
          Code.E229,
          labels.get().span(),
          Frame.ROOT,
          "the names of the classes are the characters that read names",
          "remove labels");
    }
    List<String> names = answers.keys().isEmpty() ? read : answers.keys();
    Optional<Span> place =
        labels.map(Ast.Labels::span).or(() -> clauses.stream().map(Ast.Answer::span).findFirst());
    if (!names.isEmpty() && place.isPresent()) {
      Optional<Integer> needed = needed(answers.answers(), shapes);
      if (answers.keys().isEmpty()) {
        compare(place.get(), names, needed, clauses.isEmpty(), leaving);
      } else {
        needed.ifPresent(characters -> compare(place.get(), names.size(), characters));
      }
    }
    Optional<Ast.Weights> weights = single.find(Ast.Weights.class, "weights", false);
    return new Read(
        weights.map(this::weights).orElse(new Network.Weights.Unsaid()),
        weights.flatMap(Ast.Weights::storage).flatMap(this::storage).orElse(Storage.F32),
        names,
        inputs(single.all(Ast.Preprocess.class), entering),
        single.find(Ast.Exact.class, "exact", false).isPresent(),
        answers.answers());
  }

  /** The inputs with their preprocess clauses. */
  private List<Network.Input> inputs(
      List<Ast.Preprocess> clauses, SequencedMap<String, Optional<Shape>> entering) {
    Map<String, Ast.Preprocess> byInput = new HashMap<>();
    Map<String, Preprocess> read = new HashMap<>();
    for (Ast.Preprocess clause : clauses) {
      Optional<String> input = input(clause, entering.sequencedKeySet());
      Optional<Ast.Preprocess> first =
          input.flatMap(name -> Optional.ofNullable(byInput.putIfAbsent(name, clause)));
      first.ifPresent(
          other ->
              problems.add(
                  Code.E211,
                  clause.span(),
                  Frame.ROOT,
                  entering.size() > 1
                      ? "input %s has a preprocess statement already, at %s"
                          .formatted(input.orElseThrow(), other.span())
                      : "a file has one preprocess statement; the first one is at "
                          + other.span()));
      if (first.isEmpty()) {
        Optional<Shape> shape =
            input.flatMap(name -> entering.getOrDefault(name, Optional.empty()));
        new PreprocessClause(problems, evaluator, start.get())
            .read(clause, shape)
            .ifPresent(preprocess -> read.put(input.orElseThrow(), preprocess));
      }
    }
    return entering.sequencedKeySet().stream()
        .map(name -> new Network.Input(name, Optional.ofNullable(read.get(name))))
        .toList();
  }

  /** The input that a preprocess clause belongs to. */
  private Optional<String> input(Ast.Preprocess clause, SequencedCollection<String> inputs) {
    if (inputs.isEmpty()) {
      return Optional.empty();
    }
    if (clause.input().isEmpty()) {
      if (inputs.size() > 1) {
        problems.add(
            Code.E224,
            clause.span(),
            Frame.ROOT,
            "the network has %s inputs, and preprocess does not say for which of them it is"
                .formatted(inputs.size()),
            "write preprocess %s { ... }".formatted(inputs.getFirst()));
        return Optional.empty();
      }
      return Optional.of(inputs.getFirst());
    }
    Ast.Name name = clause.input().get();
    if (inputs.contains(name.text())) {
      return Optional.of(name.text());
    }
    List<String> all = List.copyOf(inputs);
    problems.add(
        Code.E201,
        name.span(),
        Frame.ROOT,
        "no input is called " + name.text(),
        Nearest.question(name.text(), all)
            .or(() -> Optional.of("the inputs are " + String.join(", ", all))));
    return Optional.empty();
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
          Project.refuse(problems, origin.span(), Frame.ROOT, file);
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

  /** How many classes the first answer has that has any. */
  private static Optional<Integer> needed(List<Answer<?>> answers, Optional<Signature> shapes) {
    return shapes.flatMap(
        signature ->
            answers.stream().flatMap(answer -> answer.names(signature).stream()).findFirst());
  }

  /** Compares the characters of a file with those of the network, without the blank. */
  private void compare(Span place, int told, int characters) {
    if (told != characters) {
      problems.add(
          Code.W231,
          place,
          Frame.ROOT,
          String.format(
              Locale.ROOT,
              "the file has %,d characters, but the network has %,d beside the blank",
              told,
              characters),
          switch (characters - told) {
            case 1 -> "if the last one is a space, write read { ctc \"FILE\"; space }";
            case -1 -> "if space is written, the file has it already: remove space";
            default -> "name the file that belongs to this network";
          });
    }
  }

  /** Compares with the classes of an answer; without one, with the first output. */
  private void compare(
      Span place,
      List<String> names,
      Optional<Integer> needed,
      boolean first,
      SequencedMap<String, Optional<Shape>> leaving) {
    Optional<String> other =
        first
            ? leaving.values().stream()
                .findFirst()
                .flatMap(shape -> shape)
                .filter(shape -> !shape.equals(Shape.vector(names.size())))
                .map(shape -> "the output is " + shape)
            : needed
                .filter(classes -> classes != names.size())
                .map(classes -> String.format(Locale.ROOT, "there are %,d classes", classes));
    other.ifPresent(
        what ->
            problems.add(
                Code.W231,
                place,
                Frame.ROOT,
                String.format(
                    Locale.ROOT,
                    "the file has %,d %s, but %s",
                    names.size(),
                    names.size() == 1 ? "label" : "labels",
                    what)));
  }
}
