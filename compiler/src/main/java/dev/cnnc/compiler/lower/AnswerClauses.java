package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.View;
import dev.cnnc.vision.Answer;
import dev.cnnc.vision.Embedder;
import dev.cnnc.vision.Reader;
import dev.cnnc.vision.Segmenter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code detect}, {@code segment}, {@code embed} and {@code read}: what the network answers
 * about a picture.
 */
final class AnswerClauses {
  private static final String DETECT = "detect";
  private static final String SEGMENT = "segment";
  private static final String EMBED = "embed";
  private static final double HALF = 0.5;

  private final Problems problems;
  private final Evaluator evaluator;
  private final Here start;
  private final LabelList labels;

  /**
   * The answers.
   *
   * @param keys the characters that a {@code read} clause names, or empty
   */
  record Read(List<Answer<?>> answers, List<String> keys) {}

  AnswerClauses(Problems problems, Evaluator evaluator, Here start, Project project) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
    this.labels = new LabelList(problems, project);
  }

  /** Reads them, checked against the shapes, if all of these are known. */
  Read read(List<Ast.Answer> clauses, Optional<Signature> signature) {
    Map<String, Ast.Answer> byKind = new HashMap<>();
    List<Answer<?>> answers = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (Ast.Answer clause : clauses) {
      String kind = clause.kind().text();
      Ast.Answer first = byKind.putIfAbsent(kind, clause);
      if (first != null) {
        problems.add(
            Code.E211,
            clause.span(),
            Frame.ROOT,
            "a file has one %s statement; the first one is at %s".formatted(kind, first.span()));
      } else {
        read(clause, signature, keys)
            .filter(answer -> fits(answer, clause, signature, keys.size()))
            .ifPresent(answers::add);
      }
    }
    return new Read(answers, keys);
  }

  private Optional<? extends Answer<?>> read(
      Ast.Answer clause, Optional<Signature> signature, List<String> keys) {
    return switch (clause.kind().text()) {
      case DETECT ->
          new DetectClause(
                  settings(clause, DetectClause.KEYS, DetectClause.FLAGS), clause.span(), signature)
              .read();
      case SEGMENT -> segment(clause);
      case EMBED -> Optional.of(new Embedder(settings(clause, List.of(), List.of("l2")).has("l2")));
      default -> reader(clause, keys);
    };
  }

  private Optional<Segmenter> segment(Ast.Answer clause) {
    Settings settings =
        settings(clause, List.of("threshold"), List.of("argmax", "sigmoid", "probability"));
    List<Segmenter.Rule> rules = new ArrayList<>();
    if (settings.has("argmax")) {
      rules.add(Segmenter.Rule.ARGMAX);
    }
    if (settings.has("sigmoid")) {
      rules.add(Segmenter.Rule.SIGMOID);
    }
    if (settings.has("probability")) {
      rules.add(Segmenter.Rule.PROBABILITY);
    }
    double threshold = settings.number("threshold", Kind.FRACTION, HALF);
    if (rules.size() != 1) {
      settings.report(
          clause.span(),
          "segment says one of argmax, sigmoid and probability",
          Optional.of("write segment { argmax }"));
      return Optional.empty();
    }
    if (rules.getFirst() == Segmenter.Rule.ARGMAX && settings.has("threshold")) {
      settings.report(
          settings.span("threshold"), "argmax has no threshold", Optional.of("remove it"));
    }
    return Optional.of(new Segmenter(rules.getFirst(), threshold));
  }

  private Optional<Reader> reader(Ast.Answer clause, List<String> keys) {
    Settings settings = settings(clause, List.of("ctc"), List.of("space"));
    Optional<Ast.Text> file = settings.text("ctc");
    if (!settings.has("ctc")) {
      settings.report(
          clause.span(),
          "read needs the file of its characters, one a line",
          Optional.of("write read { ctc \"keys.txt\" }"));
    }
    file.flatMap(labels::keys).ifPresent(keys::addAll);
    return keys.isEmpty() ? Optional.empty() : Optional.of(new Reader(settings.has("space")));
  }

  private Settings settings(Ast.Answer clause, List<String> keys, List<String> flags) {
    return new Settings(
        problems,
        evaluator,
        start,
        Code.E229,
        clause.kind().text(),
        clause.settings(),
        keys,
        flags);
  }

  private boolean fits(
      Answer<?> answer, Ast.Answer clause, Optional<Signature> signature, int keys) {
    if (signature.isEmpty()) {
      return true;
    }
    String kind = clause.kind().text();
    int channels = signature.get().input().channels();
    Optional<String> refusal =
        signature.get().inputs().size() > 1
            ? Optional.of("%s is for networks of one input".formatted(kind))
            : channels == 1 || channels == 3
                ? answer.refusal(signature.get())
                : Optional.of("%s is for pictures of 1 or 3 channels".formatted(kind));
    refusal.ifPresent(message -> problems.add(Code.E229, clause.span(), Frame.ROOT, message));
    if (refusal.isEmpty() && answer instanceof Reader reader) {
      return reads(reader, clause, signature.get(), keys);
    }
    return refusal.isEmpty();
  }

  /** Networks often end with a channel for each character, and a column for each step. */
  private boolean reads(Reader reader, Ast.Answer clause, Signature signature, int keys) {
    Signature.Output output = signature.outputs().getFirst();
    View view = output.view();
    int wanted = keys + (reader.space() ? 2 : 1);
    boolean turned =
        view.channels() == wanted
            && view.height() == 1
            && view.width() != wanted
            && !reader.names(signature).equals(Optional.of(keys));
    if (turned) {
      problems.add(
          Code.E229,
          clause.span(),
          Frame.ROOT,
          "output %s is %s: its characters are channels, but read wants a row for each step"
              .formatted(output.name(), new Shape(view.channels(), view.height(), view.width())),
          "end the network with permute([2, 1, 0])");
    }
    return !turned;
  }
}
