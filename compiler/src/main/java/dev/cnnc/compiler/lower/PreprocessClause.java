package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Preprocess.Filter;
import dev.cnnc.runtime.Preprocess.Order;
import dev.cnnc.runtime.Preprocess.Resize;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code preprocess { resize 256; crop 224; scale 1/255 }}: the conversion of a picture to the
 * input.
 */
final class PreprocessClause {

  static final List<String> KEYS =
      List.of(
          "resize",
          "crop",
          "scale",
          "mean",
          "std",
          "letterbox",
          "fill",
          "stride",
          "place",
          "multiple",
          "filter");

  static final List<String> FLAGS = List.of("bgr");

  private static final String FULL = "full";
  private static final String CENTRE = "centre";
  private static final String CORNER = "corner";
  private static final String PILLOW = "pillow";
  private static final String OPENCV = "opencv";

  /** The grey of ultralytics and YOLOX. */
  private static final int USUAL_FILL = 114;

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
    Settings settings =
        new Settings(
            problems, evaluator, start, Code.E219, "preprocess", clause.settings(), KEYS, FLAGS);
    Optional<Resize> resized = resize(settings, entering);
    Optional<Datum.Size> crop = settings.value("crop", Kind.SIZE).map(PreprocessClause::size);
    double scale = settings.number("scale", Kind.NUMBER, 1);
    Optional<String> filter = settings.word("filter", List.of(PILLOW, OPENCV));
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
    Resize resize = resized.orElse(new Resize.None());
    new PreprocessSize(settings, clause.span(), input).check(resize, crop);
    boolean bgr = settings.has("bgr");
    if (bgr && input.channels() == 1) {
      report(
          settings.span("bgr"), "bgr needs three channels, but the input is " + input, "remove it");
    }
    return Optional.of(
        new Preprocess(
            resize,
            filter.map(OPENCV::equals).orElse(resize instanceof Resize.Letterbox)
                ? Filter.OPENCV
                : Filter.PILLOW,
            crop.map(size -> (int) size.height()).orElse(0),
            crop.map(size -> (int) size.width()).orElse(0),
            bgr ? Order.BGR : Order.RGB,
            scale,
            byChannel(settings, "mean", input),
            byChannel(settings, "std", input)));
  }

  /** What the clause says about the size of the picture. */
  private Optional<Resize> resize(Settings settings, Optional<Shape> entering) {
    int multiple = settings.whole("multiple", Kind.COUNT, 0);
    Optional<Resize> resized =
        size(settings, "resize", entering).map(datum -> resize(datum, multiple));
    Optional<Datum> box = size(settings, "letterbox", entering);
    int fill = settings.whole("fill", Kind.NATURAL, USUAL_FILL);
    int stride = settings.whole("stride", Kind.COUNT, 0);
    boolean corner =
        settings.word("place", List.of(CENTRE, CORNER)).map(CORNER::equals).orElse(false);
    if (fill > 255) {
      report(settings.valueSpan("fill"), "fill is a grey from 0 to 255", "write fill 114");
    }
    if (box.isEmpty()) {
      for (String key : List.of("fill", "stride", "place")) {
        if (settings.has(key) && !settings.has("letterbox")) {
          report(
              settings.span(key),
              key + " belongs to a letterbox",
              "write letterbox SIZE, or remove it");
        }
      }
    } else if (settings.has("resize")) {
      report(
          settings.span("resize"),
          "letterbox resizes the picture already",
          "remove resize, or letterbox");
    }
    if (settings.has("multiple")
        && (settings.has("letterbox") || !(resized.orElse(null) instanceof Resize.Multiple))) {
      report(
          settings.span("multiple"),
          "multiple belongs to the resize of a short side",
          "write resize 736; multiple 32; a letterbox has a stride");
    }
    return box.map(PreprocessClause::size)
        .<Resize>map(
            size ->
                new Resize.Letterbox(
                    (int) size.height(), (int) size.width(), Math.min(fill, 255), stride, corner))
        .or(() -> resized);
  }

  /** A size, or that of the input. */
  private static Optional<Datum> size(Settings settings, String key, Optional<Shape> entering) {
    return settings.name(key).filter(FULL::equals).isPresent()
        ? entering.map(input -> new Datum.Size(input.height(), input.width()))
        : settings.value(key, Kind.SIZE);
  }

  private static Datum.Size size(Datum datum) {
    return datum instanceof Datum.Size size
        ? size
        : new Datum.Size(((Datum.Int) datum).value(), ((Datum.Int) datum).value());
  }

  private static Resize resize(Datum datum, int multiple) {
    if (datum instanceof Datum.Size(long height, long width)) {
      return new Resize.Exact((int) height, (int) width);
    }
    int pixels = (int) ((Datum.Int) datum).value();
    return multiple > 0 ? new Resize.Multiple(pixels, multiple) : new Resize.ShortSide(pixels);
  }

  /** One number a channel, or one for all of them. */
  private static List<Double> byChannel(Settings settings, String key, Shape input) {
    Optional<Datum> datum = settings.any(key);
    if (datum.isEmpty()) {
      return List.of();
    }
    List<Datum> numbers =
        datum.get() instanceof Datum.Listed(var elements)
            ? elements
            : Collections.nCopies(Math.min(3, input.channels()), datum.get());
    boolean std = key.equals("std");
    boolean good =
        numbers.size() == input.channels()
            && numbers.stream().allMatch(Kind.NUMBER::accepts)
            && !(std && numbers.stream().anyMatch(number -> Operators.real(number) == 0));
    if (!good) {
      settings.report(
          settings.valueSpan(key),
          "%s is a number%s, or a list of one a channel, but the input is %s"
              .formatted(key, std ? " other than 0" : "", input),
          Optional.empty());
      return List.of();
    }
    return numbers.stream().map(Operators::real).toList();
  }

  private void report(Span span, String message, String help) {
    problems.add(Code.E219, span, Frame.ROOT, message, help);
  }
}
