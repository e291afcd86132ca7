package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.runtime.Simd;
import java.util.ArrayList;
import java.util.List;

/**
 * How many floats one operation works on, and how that is written in Java.
 *
 * <p>Kernels are written once, in Java with a few macros: {@code V} is the type of a vector, {@code
 * $L} the number of its lanes, and {@code @fma(a, b, c)} and the like are operations on it. {@link
 * #render} writes them with the Vector API, or for one lane with plain floats. That both do the
 * same arithmetic in the same order is what makes results equal to the bit.
 *
 * @param floats 16, 8, 4 or 1
 * @param counts whether multiply-adds of sums of products go to {@code Counted.mac}, a method that
 *     counts them: only tests render so, to prove what a plan says
 */
public record Lanes(int floats, boolean counts) {

  public static final List<Lanes> ALL = List.of(of(16), of(8), of(4), of(1));

  /** The scalar kernels, which count their multiply-adds. */
  public static final Lanes COUNTING = new Lanes(1, true);

  /** The widths that a class loads in this JVM: that of its vectors, and scalar code. */
  public static List<Lanes> here() {
    return ALL.stream().filter(each -> each.isScalar() || each.floats == Simd.lanes()).toList();
  }

  private static Lanes of(int floats) {
    return new Lanes(floats, false);
  }

  public boolean isScalar() {
    return floats == 1;
  }

  /** Name of the class with these kernels. */
  public String className() {
    return isScalar() ? "Scalar" : "Simd" + floats * Float.SIZE;
  }

  String type() {
    return isScalar() ? "float" : "FloatVector";
  }

  /** The species constant of the class. */
  public String species() {
    return "SPECIES_" + floats * Float.SIZE;
  }

  /** {@code template} with its macros expanded. */
  public String render(String template) {
    String text = template.replaceAll("\\bV\\b", type()).replace("$L", Integer.toString(floats));
    StringBuilder java = new StringBuilder();
    int done = 0;
    for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', done)) {
      int open = text.indexOf('(', at);
      int close = closing(text, open);
      java.append(text, done, at);
      java.append(operation(text.substring(at + 1, open), arguments(text, open + 1, close)));
      done = close + 1;
    }
    return java.append(text, done, text.length()).toString();
  }

  private String operation(String name, List<String> a) {
    return switch (name) {
      case "load" ->
          isScalar()
              ? "%s[%s]".formatted(a.get(0), a.get(1))
              : "FloatVector.fromArray(S, %s, %s)".formatted(a.get(0), a.get(1));
      case "store" ->
          isScalar()
              ? "%s[%s] = %s".formatted(a.get(1), a.get(2), a.get(0))
              : "%s.intoArray(%s, %s)".formatted(a.get(0), a.get(1), a.get(2));
      case "storeFirst" ->
          isScalar()
              ? "%s[%s] = %s".formatted(a.get(1), a.get(2), a.get(0))
              : "%s.intoArray(%s, %s, S.indexInRange(0, %s))"
                  .formatted(a.get(0), a.get(1), a.get(2), a.get(3));
      case "broadcast" ->
          isScalar() ? a.get(0) : "FloatVector.broadcast(S, %s)".formatted(a.get(0));
      // Of a sum of products, the multiply-adds that a layer costs; other sums use @fma.
      case "mac" -> counts ? "Counted.mac(" + String.join(", ", a) + ")" : operation("fma", a);
      case "fma" ->
          isScalar()
              ? "Fma.fma(%s, %s, %s)".formatted(a.get(0), a.get(1), a.get(2))
              : "%s.fma(%s, %s)".formatted(a.get(0), a.get(1), a.get(2));
      case "add" -> infix(a, "+", "add");
      case "sub" -> infix(a, "-", "sub");
      case "mul" -> infix(a, "*", "mul");
      case "div" -> infix(a, "/", "div");
      case "max", "min" ->
          isScalar()
              ? "Math.%s(%s, %s)".formatted(name, a.get(0), a.get(1))
              : "%s.%s(%s)".formatted(a.get(0), name, a.get(1));
      case "atLeast" -> bounded(a, "<", "LT");
      case "ifMore" ->
          isScalar()
              ? "(%2$s > %1$s ? %2$s : %1$s)".formatted(a.get(0), a.get(1))
              : "%1$s.blend(%2$s, %2$s.compare(VectorOperators.GT, %1$s))"
                  .formatted(a.get(0), a.get(1));
      case "orNaN" ->
          isScalar()
              ? "(%2$s != %2$s ? %2$s : %1$s)".formatted(a.get(0), a.get(1))
              : "%1$s.blend(%2$s, %2$s.compare(VectorOperators.NE, %2$s))"
                  .formatted(a.get(0), a.get(1));
      case "atMost" -> bounded(a, ">", "GT");
      case "above" -> chosen(a, ">", "GT");
      case "below" -> chosen(a, "<", "LT");
      case "abs" -> isScalar() ? "Math.abs(%s)".formatted(a.get(0)) : a.get(0) + ".abs()";
      case "sqrt" ->
          isScalar() ? "(float) Math.sqrt(%s)".formatted(a.get(0)) : a.get(0) + ".sqrt()";
      case "bits" -> bits(a);
      case "lowBf16" -> shifted(a.get(0), List.of("LSHL, 16"));
      case "highBf16" -> shifted(a.get(0), List.of("AND, 0xFFFF0000"));
      case "lowF16" -> shifted(a.get(0), List.of("LSHL, 16", "ASHR, 3", "AND, 0x8FFFE000"));
      case "highF16" -> shifted(a.get(0), List.of("ASHR, 3", "AND, 0x8FFFE000"));
      case "timesPowerOfTwo" ->
          isScalar()
              ? "Float.intBitsToFloat(Float.floatToRawIntBits(%s) + (Float.floatToRawIntBits(%s) << 23))"
                  .formatted(a.get(0), a.get(1))
              : "%s.reinterpretAsInts().add(%s.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats()"
                  .formatted(a.get(0), a.get(1));
      // One lane never needs these.
      case "everySecond" ->
          "%1$s.rearrange(%3$s).blend(%2$s.rearrange(%3$s), %4$s)"
              .formatted(
                  a.get(0),
                  a.get(1),
                  LaneConstant.EVERY_SECOND.name(),
                  LaneConstant.UPPER_HALF.name());
      case "shuffle" -> "%s.rearrange(%s)".formatted(a.get(0), a.get(1));
      case "leastBits" ->
          isScalar()
              ? "Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(%s), %s))"
                  .formatted(a.get(0), a.get(1))
              : "%s.reinterpretAsInts().min(%s).reinterpretAsFloats()"
                  .formatted(a.get(0), a.get(1));
      case "mostBits" ->
          isScalar()
              ? "Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(%s), %s))"
                  .formatted(a.get(0), a.get(1))
              : "%s.reinterpretAsInts().max(%s).reinterpretAsFloats()"
                  .formatted(a.get(0), a.get(1));
      case "leastUnsignedBits" ->
          isScalar()
              ? "Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(%s) ^ 1 << 31, %s ^ 1 << 31) ^ 1 << 31)"
                  .formatted(a.get(0), a.get(1))
              // Java 21 has no UMIN: the sign bit turned over orders unsigned numbers as signed
              // ones.
              : "%s.reinterpretAsInts().lanewise(VectorOperators.XOR, 1 << 31).min(%s ^ 1 << 31).lanewise(VectorOperators.XOR, 1 << 31).reinterpretAsFloats()"
                  .formatted(a.get(0), a.get(1));
      default -> throw new IllegalArgumentException("no macro @" + name);
    };
  }

  /** The bound where a variable lies beyond it. */
  private String bounded(List<String> a, String operator, String comparison) {
    return isScalar()
        ? "%1$s %3$s %2$s ? %2$s : %1$s".formatted(a.get(0), a.get(1), operator)
        : "%1$s.blend(%2$s, %1$s.compare(VectorOperators.%3$s, %2$s))"
            .formatted(a.get(0), a.get(1), comparison);
  }

  /** One of two values, where another lies beyond a bound. */
  private String chosen(List<String> a, String operator, String comparison) {
    return isScalar()
        ? "(%s %s %s ? %s : %s)".formatted(a.get(0), operator, a.get(1), a.get(2), a.get(3))
        : "%s.blend(%s, %s.compare(VectorOperators.%s, %s))"
            .formatted(a.get(3), a.get(2), a.get(0), comparison, a.get(1));
  }

  /** A number's bits less a constant, then shifted or masked, plus a constant, as a number. */
  private String bits(List<String> a) {
    boolean shift = a.get(2).equals("shift");
    return isScalar()
        ? "Float.intBitsToFloat(((Float.floatToRawIntBits(%s) - %s) %s %s) + %s)"
            .formatted(a.get(0), a.get(1), shift ? ">>" : "&", a.get(3), a.get(4))
        : "%s.reinterpretAsInts().sub(%s).lanewise(VectorOperators.%s, %s).add(%s).reinterpretAsFloats()"
            .formatted(a.get(0), a.get(1), shift ? "ASHR" : "AND", a.get(3), a.get(4));
  }

  /** A number's bits through some operations, as a number. */
  private String shifted(String number, List<String> operations) {
    StringBuilder bits = new StringBuilder("Float.floatToRawIntBits(%s)".formatted(number));
    StringBuilder vector = new StringBuilder(number + ".reinterpretAsInts()");
    for (String operation : operations) {
      List<String> words = List.of(operation.split(", ", -1));
      String operator =
          switch (words.get(0)) {
            case "LSHL" -> "<<";
            case "ASHR" -> ">>";
            default -> "&";
          };
      bits.append(" %s %s".formatted(operator, words.get(1)));
      vector.append(".lanewise(VectorOperators.%s)".formatted(operation));
    }
    return isScalar()
        ? "Float.intBitsToFloat(%s)".formatted(bits)
        : vector + ".reinterpretAsFloats()";
  }

  private String infix(List<String> a, String operator, String method) {
    return isScalar()
        ? "(%s %s %s)".formatted(a.get(0), operator, a.get(1))
        : "%s.%s(%s)".formatted(a.get(0), method, a.get(1));
  }

  /** The expanded arguments between two places of {@code text}. */
  private List<String> arguments(String text, int from, int to) {
    return split(text, from, to).stream().map(this::render).toList();
  }

  /** The arguments between two places of {@code text}. */
  static List<String> split(String text, int from, int to) {
    List<String> arguments = new ArrayList<>();
    int start = from;
    int depth = 0;
    for (int i = from; i <= to; i++) {
      char c = text.charAt(i);
      if (i == to || (c == ',' && depth == 0)) {
        arguments.add(text.substring(start, i).strip());
        start = i + 1;
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      }
    }
    return arguments;
  }

  /** Where the bracket at {@code open} is closed. */
  static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '(') {
        depth++;
      } else if (text.charAt(i) == ')' && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("unclosed macro: " + text.substring(open));
  }
}
