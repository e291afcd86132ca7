package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cnnc.compiler.ir.Taps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Tables of what rows and columns are made of, as texts that a person can read: {@code 0 0.25 1
 * 0.75;} is a quarter of row 0 and the rest of row 1, and {@code -;} is made of none.
 *
 * <p>Equal tables are one constant. As arrays of numbers they would make an initialiser that
 * HotSpot does not compile, and many of them together as well: each has a class for itself.
 */
final class TapsText {

  private static final int WIDTH = 72;

  /** Of a table that nobody reads any more. */
  private static final int LARGE = 40_000;

  private static final int LARGE_WIDTH = 4000;

  private final Map<Taps, String> names = new LinkedHashMap<>();

  /** An expression for the table, which is called {@code name} for the first who asks. */
  String reference(String name, Taps taps) {
    return "Taps." + names.computeIfAbsent(taps, _ -> name) + ".TABLE";
  }

  /** The class with the tables, if there are any. */
  List<TypeSpec> types() {
    if (names.isEmpty()) {
      return List.of();
    }
    TypeSpec.Builder type =
        TypeSpec.classBuilder("Taps")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("Which rows and columns others are made of.\n")
            .addMethod(reader());
    names.forEach((taps, name) -> type.addType(table(name, taps)));
    return List.of(type.build());
  }

  private static TypeSpec table(String name, Taps taps) {
    String text = taps.lines().stream().map(TapsText::line).collect(Collectors.joining(" "));
    CodeBlock.Builder call = CodeBlock.builder().add("read(\n$>$>");
    List<String> pieces = pieces(text, text.length() > LARGE ? LARGE_WIDTH : WIDTH);
    for (int i = 0; i < pieces.size(); i++) {
      call.add(i == 0 ? "$S" : ",\n$S", pieces.get(i));
    }
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.STATIC, Modifier.FINAL)
        .addField(
            FieldSpec.builder(float[][].class, "TABLE", Modifier.STATIC, Modifier.FINAL)
                .initializer(call.add(")$<$<").build())
                .build())
        .build();
  }

  private static MethodSpec reader() {
    return MethodSpec.methodBuilder("read")
        .addModifiers(Modifier.STATIC)
        .returns(float[][].class)
        .addParameter(String[].class, "texts")
        .varargs()
        .addJavadoc("For each line places and weights in turns: {@code 0 0.25 1 0.75; -;}.\n")
        .addStatement("String[] lines = String.join($S, texts).split($S)", " ", ";")
        .addStatement("float[][] table = new float[lines.length][]")
        .beginControlFlow("for (int i = 0; i < lines.length; i++)")
        .addStatement("String[] words = lines[i].strip().split($S)", " ")
        .addStatement("table[i] = new float[words.length / 2 * 2]")
        .beginControlFlow("for (int j = 0; j < table[i].length; j++)")
        .addStatement("table[i][j] = Float.parseFloat(words[j])")
        .endControlFlow()
        .endControlFlow()
        .addStatement("return table")
        .build();
  }

  private static String line(List<Taps.Tap> line) {
    return line.isEmpty()
        ? "-;"
        : line.stream()
            .map(tap -> tap.place() + " " + number((float) tap.weight()))
            .collect(Collectors.joining(" ", "", ";"));
  }

  private static String number(float weight) {
    return Float.toString(weight).replaceAll("\\.0$", "");
  }

  /** The words of {@code text} in pieces of {@code width} at most. */
  private static List<String> pieces(String text, int width) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (text.length() - from > width) {
      int to = text.lastIndexOf(' ', from + width);
      pieces.add(text.substring(from, to));
      from = to + 1;
    }
    pieces.add(text.substring(from));
    return pieces;
  }
}
