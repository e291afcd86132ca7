package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Builds syntax trees without a text. */
public final class Syntax {

  public static final Span NOWHERE = new Span(new Source("graph", ""), 0, 0);

  private static final Pattern PLAIN_LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]+");

  private Syntax() {}

  public static Ast.Name name(String text) {
    return new Ast.Name(text, NOWHERE);
  }

  /** A word by itself: a value, or a layer without arguments. */
  public static Ast.Call word(String text) {
    return new Ast.Call(name(text), Optional.empty(), NOWHERE);
  }

  public static Ast.Call call(String callee, List<Ast.Expression> arguments) {
    return arguments.isEmpty()
        ? word(callee)
        : new Ast.Call(name(callee), Optional.of(List.copyOf(arguments)), NOWHERE);
  }

  /** {@code text: step}; dotted names stand in quotes. */
  public static Ast.Expression labelled(String text, Ast.Expression step) {
    boolean quoted = !PLAIN_LABEL.matcher(text).matches();
    Ast.Label label = new Ast.Label(quoted, List.of(new Ast.LabelPart.Fixed(text)), NOWHERE);
    return new Ast.Labelled(label, step, NOWHERE);
  }

  public static Ast.Expression number(long value) {
    Ast.Expression size = new Ast.Int(Math.abs(value), NOWHERE);
    return value < 0 ? new Ast.Unary("-", size, NOWHERE) : size;
  }

  /** The shortest digits that read back as the same number. */
  public static Ast.Expression number(double value) {
    boolean negative = Double.doubleToLongBits(value) < 0;
    if (value == Math.rint(value) && Math.abs(value) < 1e15 && !(value == 0 && negative)) {
      return number((long) value);
    }
    Ast.Expression size = size(Math.abs(value));
    return negative ? new Ast.Unary("-", size, NOWHERE) : size;
  }

  private static Ast.Expression size(double value) {
    if (!Double.isFinite(value)) {
      return word(Double.isNaN(value) ? "nan" : "infinity");
    }
    String text = Double.toString(value).replace(".0E", "e").replace('E', 'e');
    return new Ast.Real(value, text, NOWHERE);
  }

  public static Ast.Expression size(int height, int width) {
    return new Ast.Size(height, width, NOWHERE);
  }

  public static Ast.Expression list(int... numbers) {
    return list(Arrays.stream(numbers).mapToObj(number -> number((long) number)).toList());
  }

  public static Ast.Bracket list(List<? extends Ast.Expression> elements) {
    return new Ast.Bracket(List.copyOf(elements), NOWHERE);
  }

  /** A text, which cannot contain quotes or line breaks. */
  public static Ast.Text text(String text) {
    return new Ast.Text(text.replace('"', '\'').replaceAll("\\p{Cntrl}", " "), NOWHERE);
  }
}
