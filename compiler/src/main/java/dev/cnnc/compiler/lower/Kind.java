package dev.cnnc.compiler.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The kinds of arguments of layers. */
enum Kind {
  COUNT("a whole number from 1"),
  NATURAL("a whole number from 0"),
  NUMBER("a number"),
  BOUND("a number or infinity"),
  EXTENDED("a number, infinity or nan"),
  NOT_NEGATIVE("a number from 0"),
  FRACTION("a number from 0 to 1"),
  SIZE("a number from 1 or a size such as 3x5"),
  PADDING("a number, a size, [top, left, bottom, right], same or same_lower"),
  MARGIN("a number, a size or [top, left, bottom, right]"),
  SWITCH("true or false"),
  PAIR("a list [before, after]"),
  SHAPE("a list [channels, height, width]"),
  ORDER("a list of the axes 0, 1, 2"),
  AXES("a list of some of the axes 0, 1, 2"),
  EXTENT("a number from 0 or a size such as 1x0"),
  WHOLE("a whole number"),
  BORDER("a number, a size or [top, left, bottom, right], which may be below 0"),
  FACTORS("a number above 0 or a list [rows, columns]"),
  PART("a list [top, left, bottom, right] of numbers"),
  MODE("constant, reflect, edge or wrap"),
  METHOD("nearest, linear or cubic"),
  COORDINATES(
      "half_pixel, pytorch_half_pixel, half_pixel_symmetric, align_corners, asymmetric or"
          + " tf_crop_and_resize"),
  ROUNDING("round_prefer_floor, round_prefer_ceil, floor or ceil"),
  APPROXIMATION("tanh"),
  VALUE("a value"),
  ACTIVATION("an activation such as relu");

  private static final double MOST = Double.MAX_VALUE;

  private final String description;

  /** Kinds with a fixed set of words, which their description lists. */
  private static final Set<Kind> CHOICES = Set.of(MODE, METHOD, COORDINATES, ROUNDING);

  Kind(String description) {
    this.description = description;
  }

  /** The description of the kind for users. */
  String description() {
    return description;
  }

  boolean accepts(Datum datum) {
    return switch (this) {
      case COUNT -> isWhole(datum, 1);
      case NATURAL -> isWhole(datum, 0);
      case NUMBER -> isNumber(datum, -MOST, MOST);
      case BOUND -> isNumber(datum, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
      case EXTENDED ->
          BOUND.accepts(datum)
              || (datum instanceof Datum.Real(double value) && Double.isNaN(value));
      case NOT_NEGATIVE -> isNumber(datum, 0, MOST);
      case FRACTION -> isNumber(datum, 0, 1);
      case SIZE -> isWhole(datum, 1) || isSize(datum, 1);
      case MARGIN -> isWhole(datum, 0) || isSize(datum, 0) || isList(datum, 0, List.of(4));
      case PADDING ->
          MARGIN.accepts(datum)
              || (datum instanceof Datum.Word(String word, _)
                  && (word.equals("same") || word.equals("same_lower")));
      case SWITCH -> datum instanceof Datum.Bool;
      case PAIR -> isList(datum, 0, List.of(2));
      case SHAPE -> isList(datum, 1, List.of(1, 2, 3));
      case ORDER -> isList(datum, 0, List.of(3));
      case EXTENT -> isWhole(datum, 0) || isSize(datum, 0);
      case AXES ->
          isList(datum, 0, List.of(1, 2, 3))
              && datum instanceof Datum.Listed(var axes)
              && axes.stream().distinct().count() == axes.size()
              && axes.stream().allMatch(axis -> Operators.real(axis) <= 2);
      case WHOLE -> isWhole(datum, Integer.MIN_VALUE);
      case BORDER ->
          isWhole(datum, Integer.MIN_VALUE)
              || isSize(datum, 0)
              || isList(datum, Integer.MIN_VALUE, List.of(4));
      case FACTORS -> isNumber(datum, Double.MIN_VALUE, MOST) || isNumbers(datum, 2, true);
      case PART -> isNumbers(datum, 4, false);
      case MODE, METHOD, COORDINATES, ROUNDING ->
          datum instanceof Datum.Word(String word, _) && offers(word);
      case APPROXIMATION -> datum.equals(new Datum.Word("tanh"));
      case VALUE -> datum instanceof Datum.Value;
      case ACTIVATION -> datum instanceof Datum.Function;
    };
  }

  /** Whether some layer accepts the word. */
  static boolean knows(String word) {
    return Arrays.stream(values()).anyMatch(kind -> kind.offers(word));
  }

  private boolean offers(String word) {
    return CHOICES.contains(this) && List.of(description.split(", | or ", -1)).contains(word);
  }

  private static boolean isNumbers(Datum datum, int length, boolean positive) {
    return datum instanceof Datum.Listed(var elements)
        && elements.size() == length
        && elements.stream()
            .allMatch(element -> isNumber(element, positive ? Double.MIN_VALUE : -MOST, MOST));
  }

  private static boolean isWhole(Datum datum, int least) {
    return datum instanceof Datum.Int(long value) && fits(value, least);
  }

  private static boolean isNumber(Datum datum, double least, double most) {
    if (!(datum instanceof Datum.Int) && !(datum instanceof Datum.Real)) {
      return false;
    }
    double value = Operators.real(datum);
    return value >= least && value <= most;
  }

  private static boolean isSize(Datum datum, int least) {
    return datum instanceof Datum.Size(long height, long width)
        && fits(height, least)
        && fits(width, least);
  }

  private static boolean isList(Datum datum, int least, List<Integer> lengths) {
    return datum instanceof Datum.Listed(var elements)
        && lengths.contains(elements.size())
        && elements.stream().allMatch(element -> isWhole(element, least));
  }

  private static boolean fits(long value, int least) {
    return value >= least && value <= Integer.MAX_VALUE;
  }
}
