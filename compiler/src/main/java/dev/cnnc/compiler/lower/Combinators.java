package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Computation;
import dev.cnnc.compiler.ir.Computation.Operator;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code add(a, b)} and the other combinators: every branch gets the same input, and their results
 * are combined.
 */
final class Combinators {

  /** Manuals by name, in the order of the handbook. */
  static final Map<String, Manual> MANUALS = manuals();

  static final List<String> NAMES = List.copyOf(MANUALS.keySet());

  /** Largest ratio of sizes that a forgotten stride explains. */
  private static final int LARGEST_STRIDE = 4;

  private final Problems problems;
  private final GraphDraft draft;
  private final Limits limits;
  private final Steps steps;

  Combinators(Problems problems, Limits limits, GraphDraft draft, Steps steps) {
    this.problems = problems;
    this.limits = limits;
    this.draft = draft;
    this.steps = steps;
  }

  private static Map<String, Manual> manuals() {
    Map<String, Manual> manuals = new LinkedHashMap<>();
    manuals.put(
        "add",
        Manual.of(
            "The sum of the branches. Their shapes are equal, except for sides of 1, which are"
                + " repeated.",
            "add(identity, [bn -> relu])",
            ""));
    manuals.put(
        "mul",
        Manual.of(
            "The product of the branches. A branch of one pixel is repeated over all pixels, which"
                + " is how squeeze-and-excitation scales channels. Any other side of 1 is repeated"
                + " too.",
            "mul(identity, [gap -> sigmoid])",
            ""));
    manuals.put(
        "mean",
        Manual.of(
            "The average of the branches, which have equal shapes.",
            "mean(relu, tanh, identity)",
            ""));
    manuals.put(
        "concat",
        Manual.of(
            "The channels of all branches, in the order of the branches. The branches have equal"
                + " heights and widths.",
            "concat(identity, conv(4, 3x3, pad: 1))",
            ""));
    manuals.put(
        "tokens",
        Manual.of(
                "The pixels of all branches in one row: a sequence of tokens. Each picture is read"
                    + " row by row, and the branches have equal numbers of channels. `tokens` alone"
                    + " means `tokens(identity)`.",
                "tokens",
                "")
            .or("tokens(class_token: tensor([1, 1, 6], channels_last: true), identity)", ""));
    CombinedManuals.addTo(manuals);
    return Collections.unmodifiableMap(manuals);
  }

  /** Combines the branches of {@code call}. A label opens a scope and names the node. */
  Flow join(Ast.Call call, Here here) {
    String word = call.name().text();
    Here inside = steps.group(here);
    boolean labelled = here.label().isPresent();
    String name = labelled ? inside.scope().prefix() : inside.scope().member(word);
    boolean pixels = word.equals("tokens");
    int least = pixels ? 1 : 2;
    List<Ast.Expression> branches = branches(call);
    if (pixels && branches.isEmpty()) {
      Ast.Name identity = new Ast.Name("identity", call.span());
      branches = List.of(new Ast.Call(identity, Optional.empty(), call.span()));
    }
    if (branches.size() < least) {
      problems.add(
          Code.E202,
          call.span(),
          here.frame(),
          word + " joins two branches or more, but has " + branches.size(),
          "write %s(identity, %s)"
              .formatted(
                  word,
                  branches.isEmpty() ? "[...]" : Advice.quoted(branches.getFirst(), "[...]")));
    }
    List<Integer> inputs = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (Ast.Expression branch : branches) {
      if (limits.exhausted()) {
        return Flow.UNKNOWN;
      }
      switch (steps.value(branch, inside.branch())) {
        case Flow.Known(int node, Shape shape) -> {
          inputs.add(node);
          shapes.add(shape);
        }
        case Flow.Unknown _, Flow.Nothing _ -> {}
      }
    }
    if (inputs.size() < Math.max(least, branches.size())) {
      return Flow.UNKNOWN;
    }
    limits.layer(call.span(), here.frame());
    Op op = op(word, shapes);
    return switch (Signature.of(op, shapes)) {
      case Signature.Result.Fits(Shape shape) ->
          draft.add(
              new GraphDraft.Item(
                  name, !labelled, op, inputs, shape, call.span(), here.frame(), false));
      case Signature.Result.Problem(String message, var help) -> {
        int odd = pixels ? 0 : odd(shapes);
        Span span = odd == 0 ? call.span() : steps.chosen(branches.get(odd), inside).span();
        problems.add(
            Code.E204,
            span,
            here.frame(),
            word + " " + message,
            help.or(() -> cure(op, shapes.getFirst(), shapes.get(odd)))
                .or(() -> ForgottenPads.cure(inside.flow(), branches(call), shapes, odd)));
        yield Flow.UNKNOWN;
      }
    };
  }

  private static List<Ast.Expression> branches(Ast.Call call) {
    return call.arguments().orElse(List.of());
  }

  private static Op op(String word, List<Shape> shapes) {
    return switch (word) {
      case "add" -> simplest(new Op.Add(), Operator.ADD, shapes);
      case "mul" -> simplest(new Op.Multiply(), Operator.MUL, shapes);
      case "concat" -> new Op.Concat();
      case "mean" -> new Op.Mean();
      case "tokens" -> new Op.Tokens();
      case "matmul" -> new Computation.MatMul();
      case "sample" -> new Computation.Sample();
      default -> new Computation.Combine(Operator.valueOf(word.toUpperCase(Locale.ROOT)));
    };
  }

  /** The plain op if its shapes match, otherwise one that repeats sides of 1, if that fits. */
  private static Op simplest(Op plain, Operator operator, List<Shape> shapes) {
    Op repeating = new Computation.Combine(operator);
    return !fits(plain, shapes) && fits(repeating, shapes) ? repeating : plain;
  }

  private static boolean fits(Op op, List<Shape> shapes) {
    return Signature.of(op, shapes) instanceof Signature.Result.Fits;
  }

  /**
   * The first branch that differs from branch 0; a different picture size counts before different
   * channels.
   */
  private static int odd(List<Shape> shapes) {
    Shape first = shapes.getFirst();
    int odd = 0;
    for (int i = shapes.size() - 1; i > 0; i--) {
      if (!shapes.get(i).equals(first)) {
        odd = i;
      }
    }
    for (int i = shapes.size() - 1; i > 0; i--) {
      if (shapes.get(i).height() != first.height() || shapes.get(i).width() != first.width()) {
        odd = i;
      }
    }
    return odd;
  }

  private static Optional<String> cure(Op op, Shape first, Shape other) {
    boolean pixel = op instanceof Op.Multiply && (first.isVector() || other.isVector());
    if (pixel || (first.height() == other.height() && first.width() == other.width())) {
      boolean wrongFirst = pixel && first.isVector();
      return op instanceof Op.Concat || first.channels() == other.channels()
          ? Optional.empty()
          : Optional.of(
              String.format(
                  Locale.ROOT,
                  "give %s branch %,d channels",
                  wrongFirst ? "the first" : "this",
                  wrongFirst ? other.channels() : first.channels()));
    }
    Shape turned =
        new Shape(
            /* channels= */ other.width(),
            /* height= */ other.channels(),
            /* width= */ other.height());
    if (turned.equals(first)) {
      return Optional.of("are these tokens? write tensor(..., channels_last: true)");
    }
    Optional<Integer> shrunk = ratio(first, other);
    return shrunk
        .map(by -> "this branch shrinks by %1$d; give the first one stride: %1$d too".formatted(by))
        .or(
            () ->
                ratio(other, first)
                    .map(
                        by ->
                            "the first branch shrinks by %1$d; give this one stride: %1$d too"
                                .formatted(by)));
  }

  private static Optional<Integer> ratio(Shape large, Shape small) {
    int by = Math.ceilDiv(large.height(), small.height());
    return by > 1
            && by <= LARGEST_STRIDE
            && Math.ceilDiv(large.height(), by) == small.height()
            && Math.ceilDiv(large.width(), by) == small.width()
        ? Optional.of(by)
        : Optional.empty();
  }
}
