package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Preprocess.Resize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code preprocess { resize 256; crop 224; scale 1/255 }}: the conversion of a picture to the
 * input.
 */
final class PreprocessClause {

  static final List<String> KEYS = List.of("resize", "crop", "scale", "mean", "std");

  private final Problems problems;
  private final Evaluator evaluator;
  private final Here start;

  PreprocessClause(Problems problems, Evaluator evaluator, Here start) {
    this.problems = problems;
    this.evaluator = evaluator;
    this.start = start;
  }

  /** Reads the clause. Faulty settings are reported and left out. */
  Optional<Preprocess> read(Ast.Preprocess clause, Optional<Shape> entering) {
    Map<String, Ast.Setting> settings = settings(clause);
    Optional<Datum> resized = datum(settings, "resize", Kind.SIZE);
    Optional<Datum.Size> crop = datum(settings, "crop", Kind.SIZE).map(PreprocessClause::size);
    Optional<Datum> scale = datum(settings, "scale", Kind.NUMBER);
    if (entering.isEmpty()) {
      return Optional.empty();
    }
    Shape input = entering.get();
    if (input.channels() != 1 && input.channels() != 3) {
      report(
          clause.span(),
          "pictures have 1 or 3 channels, but the input is " + input,
          "remove the preprocess clause");
    }
    Resize resize = resized.map(PreprocessClause::resize).orElse(new Resize.None());
    checkSize(clause.span(), resize, crop, input);
    return Optional.of(
        new Preprocess(
            resize,
            crop.map(size -> (int) size.height()).orElse(0),
            crop.map(size -> (int) size.width()).orElse(0),
            scale.map(Operators::real).orElse(1.0),
            byChannel(settings, "mean", input),
            byChannel(settings, "std", input)));
  }

  private Map<String, Ast.Setting> settings(Ast.Preprocess clause) {
    Map<String, Ast.Setting> settings = new LinkedHashMap<>();
    for (Ast.Setting setting : clause.settings()) {
      String key = setting.name().text();
      if (!KEYS.contains(key)) {
        report(
            setting.name().span(),
            "preprocess has no " + key + ": it has " + String.join(", ", KEYS),
            Nearest.question(key, KEYS));
      } else if (settings.putIfAbsent(key, setting) != null) {
        report(setting.span(), "preprocess says " + key + " twice", Optional.empty());
      }
    }
    return settings;
  }

  private Optional<Datum> datum(Map<String, Ast.Setting> settings, String key, Kind kind) {
    Ast.Setting setting = settings.get(key);
    if (setting == null) {
      return Optional.empty();
    }
    Datum datum = evaluator.evaluate(setting.value(), start);
    if (datum.isUnknown()) {
      return Optional.empty();
    }
    if (!kind.accepts(datum)) {
      report(
          setting.value().span(),
          "%s is %s, not %s".formatted(key, kind.description(), datum.written()),
          Optional.empty());
      return Optional.empty();
    }
    return Optional.of(datum);
  }

  private static Datum.Size size(Datum datum) {
    return datum instanceof Datum.Size size
        ? size
        : new Datum.Size(((Datum.Int) datum).value(), ((Datum.Int) datum).value());
  }

  private static Resize resize(Datum datum) {
    return datum instanceof Datum.Size(long height, long width)
        ? new Resize.Exact((int) height, (int) width)
        : new Resize.ShortSide((int) ((Datum.Int) datum).value());
  }

  /** One number a channel, or one for all of them. */
  private List<Double> byChannel(Map<String, Ast.Setting> settings, String key, Shape input) {
    Ast.Setting setting = settings.get(key);
    if (setting == null) {
      return List.of();
    }
    Datum datum = evaluator.evaluate(setting.value(), start);
    if (datum.isUnknown()) {
      return List.of();
    }
    List<Datum> numbers =
        datum instanceof Datum.Listed(var elements)
            ? elements
            : Collections.nCopies(Math.min(3, input.channels()), datum);
    boolean std = key.equals("std");
    boolean good =
        numbers.size() == input.channels()
            && numbers.stream().allMatch(Kind.NUMBER::accepts)
            && !(std && numbers.stream().anyMatch(number -> Operators.real(number) == 0));
    if (!good) {
      report(
          setting.value().span(),
          "%s is a number%s, or a list of one a channel, but the input is %s"
              .formatted(key, std ? " other than 0" : "", input),
          Optional.empty());
      return List.of();
    }
    return numbers.stream().map(Operators::real).toList();
  }

  private void checkSize(Span span, Resize resize, Optional<Datum.Size> crop, Shape input) {
    Optional<Datum.Size> resized =
        switch (resize) {
          case Resize.None() -> Optional.empty();
          case Resize.ShortSide(int pixels) -> Optional.of(new Datum.Size(pixels, pixels));
          case Resize.Exact(int height, int width) -> Optional.of(new Datum.Size(height, width));
        };
    if (crop.isPresent()
        && resized.isPresent()
        && (crop.get().height() > resized.get().height()
            || crop.get().width() > resized.get().width())) {
      report(
          span,
          "a crop of %s is larger than the picture, which was resized to %s"
              .formatted(crop.get().written(), resized.get().written()),
          "crop less, or resize to more");
      return;
    }
    if (crop.isEmpty() && resize instanceof Resize.ShortSide(int pixels)) {
      report(
          span,
          "resize %s makes the short side %s pixels and leaves the long one open"
              .formatted(pixels, pixels),
          "write resize %sx%s, or add a crop".formatted(input.height(), input.width()));
      return;
    }
    crop.or(() -> resized)
        .filter(size -> size.height() != input.height() || size.width() != input.width())
        .ifPresent(
            size ->
                report(
                    span,
                    "preprocess makes %s pixels, but the input has %sx%s"
                        .formatted(size.written(), input.height(), input.width()),
                    crop.isPresent() ? "change the crop" : "change the size, or add a crop"));
  }

  private void report(Span span, String message, String help) {
    report(span, message, Optional.of(help));
  }

  private void report(Span span, String message, Optional<String> help) {
    problems.add(Code.E219, span, Frame.ROOT, message, help);
  }
}
