package dev.cnnc.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import dev.cnnc.compiler.ir.Taps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Tables of what rows and columns are made of, as constants that a person can read: {@code 0 0.25 1
 * 0.75; ...} is a quarter of row 0 and the rest of row 1.
 *
 * <p>Equal tables are one constant.
 */
final class TapsText {

  /** Lines in one text: as arrays of numbers they would make the initialiser too large. */
  private static final int LINES = 16;

  private final Map<Taps, FieldSpec> fields = new LinkedHashMap<>();

  /** The name of the constant with these, which is {@code name} for the first who asks. */
  String field(String name, Taps taps) {
    return fields.computeIfAbsent(taps, it -> make(name, it)).name();
  }

  List<FieldSpec> fields() {
    return List.copyOf(fields.values());
  }

  /** What reads the texts, if there are any. */
  List<MethodSpec> methods() {
    if (fields.isEmpty()) {
      return List.of();
    }
    return List.of(
        MethodSpec.methodBuilder("taps")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(float[][].class)
            .addParameter(String[].class, "texts")
            .varargs()
            .addJavadoc("For each line places and weights in turns: {@code 0 0.25 1 0.75; ...}.\n")
            .addStatement("String[] lines = String.join($S, texts).split($S, -1)", ";", ";")
            .addStatement("float[][] taps = new float[lines.length][]")
            .beginControlFlow("for (int i = 0; i < lines.length; i++)")
            .addStatement("String line = lines[i].strip()")
            .addStatement("String[] words = line.isEmpty() ? new String[0] : line.split($S)", " ")
            .addStatement("taps[i] = new float[words.length]")
            .beginControlFlow("for (int j = 0; j < words.length; j++)")
            .addStatement("taps[i][j] = Float.parseFloat(words[j])")
            .endControlFlow()
            .endControlFlow()
            .addStatement("return taps")
            .build());
  }

  private static FieldSpec make(String name, Taps taps) {
    List<String> texts = new ArrayList<>();
    for (int from = 0; from < taps.lines().size(); from += LINES) {
      int to = Math.min(from + LINES, taps.lines().size());
      texts.add(
          taps.lines().subList(from, to).stream()
              .map(TapsText::line)
              .collect(Collectors.joining("; ")));
    }
    CodeBlock.Builder call = CodeBlock.builder().add("taps(\n$>$>");
    for (int i = 0; i < texts.size(); i++) {
      call.add(i == 0 ? "$S" : ",\n$S", texts.get(i));
    }
    return FieldSpec.builder(
            float[][].class, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(call.add(")$<$<").build())
        .build();
  }

  private static String line(List<Taps.Tap> line) {
    return line.stream()
        .map(tap -> tap.place() + " " + number((float) tap.weight()))
        .collect(Collectors.joining(" "));
  }

  private static String number(float weight) {
    return Float.toString(weight).replaceAll("\\.0$", "");
  }
}
