package dev.cnnc.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Trees of every shape that the language can write; the seed decides all. */
final class RandomTree {

  private static final Span NOWHERE = Bare.NOWHERE;
  private static final List<String> NAMES =
      List.of("a", "relu", "conv", "index", "stage_2", "_x", "averageOfManyThings", "x3", "e5");
  private static final List<String> LABELS =
      List.of("conv1", "block", "when", "not", "output", "2", "0", "a_long_label_of_its_own");
  private static final List<String> TEXTS =
      List.of(
          "", "a.b.c", "heads.head", "// no comment", "µ → 3", "with ( and [ and {", "file.txt");
  private static final List<String> OPERATORS =
      List.of("*", "/", "%", "+", "-", "<", "<=", ">", ">=", "==", "!=", "and", "or");

  private final SplittableRandom random;

  RandomTree(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Ast.Network network() {
    return new Ast.Network(list(1, 6, this::statement), List.of(), NOWHERE);
  }

  private Ast.Statement statement() {
    return switch (random.nextInt(13)) {
      case 0 -> new Ast.Title(name(), maybe(this::text), NOWHERE);
      case 1 ->
          new Ast.Input(name(), bracket(1), list(0, 2, () -> (Ast.Expression) bracket(1)), NOWHERE);
      case 2 ->
          new Ast.Weights(
              random.nextBoolean() ? text() : new Ast.Call(name(), Optional.empty(), NOWHERE),
              maybe(this::name),
              NOWHERE);
      case 3 -> new Ast.Labels(random.nextBoolean() ? text() : bracket(1), NOWHERE);
      case 4 ->
          new Ast.Preprocess(
              maybe(this::name),
              list(0, 5, () -> new Ast.Setting(name(), maybe(() -> expression(2)), NOWHERE)),
              NOWHERE);
      case 5 ->
          new Ast.Budget(
              list(
                  0,
                  5,
                  () ->
                      new Ast.Limit(
                          name(), expression(1), maybe(this::unit), maybe(this::text), NOWHERE)),
              NOWHERE);
      case 6 -> new Ast.Exact(NOWHERE);
      case 7 ->
          new Ast.Answer(
              new Ast.Name(
                  List.of("detect", "segment", "embed", "read").get(random.nextInt(4)), NOWHERE),
              list(0, 5, () -> new Ast.Setting(name(), maybe(() -> expression(2)), NOWHERE)),
              NOWHERE);
      case 8, 9 ->
          new Ast.Definition(
              random.nextBoolean(),
              name(),
              list(0, 4, () -> new Ast.Parameter(name(), maybe(() -> expression(1)), NOWHERE)),
              expression(4),
              NOWHERE);
      case 10 -> pipeline();
      case 11 -> new Ast.Use(text(), NOWHERE);
      default -> new Ast.Value(random.nextBoolean(), name(), expression(4), NOWHERE);
    };
  }

  private Ast.Pipeline pipeline() {
    List<Ast.Expression> steps = new ArrayList<>();
    steps.add(new Ast.Call(name(), Optional.empty(), NOWHERE));
    steps.addAll(list(1, 6, () -> expression(3)));
    return new Ast.Pipeline(new Ast.Chain(List.copyOf(steps), NOWHERE), NOWHERE);
  }

  private Ast.Expression expression(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 16)) {
      case 0 -> new Ast.Size(random.nextInt(100), random.nextInt(100), NOWHERE);
      case 1 -> new Ast.Int(random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(512), NOWHERE);
      case 2 -> real();
      case 3 -> text();
      case 4, 5 -> new Ast.Call(name(), Optional.empty(), NOWHERE);
      case 6, 7 ->
          new Ast.Call(name(), Optional.of(list(0, 4, () -> expression(depth - 1))), NOWHERE);
      case 8, 9 -> new Ast.Chain(list(2, 6, () -> expression(depth - 1)), NOWHERE);
      case 10 -> new Ast.Labelled(label(depth - 1), expression(depth - 1), NOWHERE);
      case 11 ->
          new Ast.Choice(
              expression(depth - 1),
              expression(depth - 1),
              maybe(() -> expression(depth - 1)),
              NOWHERE);
      case 12 -> new Ast.Unary(random.nextBoolean() ? "-" : "not", expression(depth - 1), NOWHERE);
      case 13, 14 ->
          new Ast.Binary(pick(OPERATORS), expression(depth - 1), expression(depth - 1), NOWHERE);
      default -> bracket(depth);
    };
  }

  private Ast.Bracket bracket(int depth) {
    return new Ast.Bracket(list(1, 5, () -> expression(depth - 1)), NOWHERE);
  }

  private Ast.Label label(int depth) {
    if (random.nextInt(4) == 0) {
      return new Ast.Label(true, List.of(new Ast.LabelPart.Fixed(pick(TEXTS))), NOWHERE);
    }
    List<Ast.LabelPart> parts = new ArrayList<>();
    boolean dash = random.nextInt(5) == 0;
    if (dash || random.nextInt(5) > 0) {
      parts.add(new Ast.LabelPart.Fixed(pick(LABELS) + (dash ? "-" : "")));
    }
    while (parts.isEmpty() || (dash && parts.size() == 1) || random.nextInt(3) == 0) {
      parts.add(new Ast.LabelPart.Computed(expression(Math.min(depth, 1))));
      if (random.nextBoolean()) {
        parts.add(new Ast.LabelPart.Fixed(random.nextBoolean() ? pick(LABELS) : "1e5x-3_"));
      }
    }
    return new Ast.Label(false, List.copyOf(parts), NOWHERE);
  }

  private Ast.Real real() {
    double value = random.nextDouble() * Math.pow(10, random.nextInt(-12, 12));
    return new Ast.Real(value, Double.toString(value), NOWHERE);
  }

  private Ast.Text text() {
    return new Ast.Text(pick(TEXTS), NOWHERE);
  }

  private Ast.Name name() {
    return new Ast.Name(pick(NAMES), NOWHERE);
  }

  private Ast.Name unit() {
    return new Ast.Name(pick(List.of("G", "M", "MiB", "ms", "e5")), NOWHERE);
  }

  private <T> Optional<T> maybe(Supplier<T> one) {
    return random.nextBoolean() ? Optional.of(one.get()) : Optional.empty();
  }

  private <T> List<T> list(int least, int most, Supplier<T> one) {
    List<T> list = new ArrayList<>();
    int size = random.nextInt(least, most + 1);
    for (int i = 0; i < size; i++) {
      list.add(one.get());
    }
    return List.copyOf(list);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
