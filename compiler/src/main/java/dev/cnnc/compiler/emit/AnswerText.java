package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.vision.Answer;
import dev.cnnc.vision.Blazeface;
import dev.cnnc.vision.Corners;
import dev.cnnc.vision.Detection;
import dev.cnnc.vision.Detector;
import dev.cnnc.vision.Embedder;
import dev.cnnc.vision.Embedding;
import dev.cnnc.vision.Head;
import dev.cnnc.vision.Line;
import dev.cnnc.vision.LineDetector;
import dev.cnnc.vision.Mask;
import dev.cnnc.vision.Reader;
import dev.cnnc.vision.Region;
import dev.cnnc.vision.Scrfd;
import dev.cnnc.vision.Segmenter;
import dev.cnnc.vision.Ssd;
import dev.cnnc.vision.Yolo;
import dev.cnnc.vision.Yolox;
import dev.cnnc.vision.Yunet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * An answer about a picture: a constant that says how, and a method for each kind of picture. Only
 * these name the library {@code cnnc-vision}.
 */
final class AnswerText {
  private final Answer<?> answer;
  private final String method;
  private final TypeName result;
  private final String says;
  private final String constant;

  private AnswerText(Names names, Answer<?> answer, String method, TypeName result, String says) {
    this.answer = answer;
    this.method = method;
    this.result = result;
    this.says = says;
    this.constant = names.field(method.toUpperCase(Locale.ROOT));
  }

  static AnswerText of(Answer<?> answer, Names names) {
    return switch (answer) {
      case Detector _ ->
          new AnswerText(
              names,
              answer,
              "detect",
              ParameterizedTypeName.get(List.class, Detection.class),
              "Finds boxes in a picture, in its pixels, the best first.\n");
      case LineDetector _ ->
          new AnswerText(
              names,
              answer,
              "detect",
              ParameterizedTypeName.get(List.class, Region.class),
              "Finds lines of text in a picture, in its pixels, in the order of reading.\n");
      case Segmenter _ ->
          new AnswerText(
              names,
              answer,
              "segment",
              TypeName.get(Mask.class),
              "Gives each pixel of a picture its class.\n");
      case Embedder _ ->
          new AnswerText(
              names,
              answer,
              "embed",
              TypeName.get(Embedding.class),
              "Turns a picture into a vector.\n");
      case Reader _ ->
          new AnswerText(
              names,
              answer,
              "read",
              TypeName.get(Line.class),
              "Reads the line that a picture shows.\n");
    };
  }

  FieldSpec field() {
    return FieldSpec.builder(
            answer.getClass(), constant, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(constructor())
        .build();
  }

  List<MethodSpec> methods() {
    return methods(_ -> CodeBlock.of("return $L.of(this, picture);\n", constant));
  }

  /**
   * The same with another body of the first.
   *
   * @param body of a method of the given name
   */
  List<MethodSpec> methods(Function<String, CodeBlock> body) {
    String reading = method + "($T.%s(picture))";
    return List.of(
        method(TypeName.get(Picture.class))
            .addJavadoc("$L", says)
            .addCode(body.apply(method))
            .build(),
        method(TypeName.get(BufferedImage.class))
            .addJavadoc("The same for a picture of the JDK.\n")
            .addStatement("return " + reading.formatted("of"), PictureReader.class)
            .build(),
        method(TypeName.get(Path.class))
            .addJavadoc("The same for a file.\n")
            .addException(IOException.class)
            .addStatement("return " + reading.formatted("read"), PictureReader.class)
            .build());
  }

  private MethodSpec.Builder method(TypeName picture) {
    return MethodSpec.methodBuilder(method)
        .addModifiers(Modifier.PUBLIC)
        .returns(result)
        .addParameter(picture, "picture");
  }

  private CodeBlock constructor() {
    return switch (answer) {
      case Detector(Head head, double score, double overlap, boolean agnostic, int most) ->
          CodeBlock.of(
              "new $T($L,$W$L,$W$L,$W$L,$W$L)",
              Detector.class,
              head(head),
              score,
              overlap,
              agnostic,
              most);
      case LineDetector(double threshold, double score, double unclip, int most) ->
          CodeBlock.of(
              "new $T($L, $L, $L, $L)", LineDetector.class, threshold, score, unclip, most);
      case Segmenter(Segmenter.Rule rule, double threshold) ->
          CodeBlock.of("new $T($T.$L, $L)", Segmenter.class, Segmenter.Rule.class, rule, threshold);
      case Embedder(boolean normal) -> CodeBlock.of("new $T($L)", Embedder.class, normal);
      case Reader(boolean space) -> CodeBlock.of("new $T($L)", Reader.class, space);
    };
  }

  private static CodeBlock head(Head head) {
    return switch (head) {
      case Yolox(var strides) -> CodeBlock.of("new $T($L)", Yolox.class, list(strides));
      case Yolo(Yolo.Version version, var strides) ->
          CodeBlock.of(
              "new $T($T.$L,$W$L)", Yolo.class, Yolo.Version.class, version, list(strides));
      case Scrfd(var strides, int anchors) ->
          CodeBlock.of("new $T($L,$W$L)", Scrfd.class, list(strides), anchors);
      case Blazeface(var strides, var anchors) ->
          CodeBlock.of("new $T($L,$W$L)", Blazeface.class, list(strides), list(anchors));
      case Corners(int boxes, int scores) ->
          CodeBlock.of("new $T($L, $L)", Corners.class, boxes, scores);
      case Yunet(var strides) -> CodeBlock.of("new $T($L)", Yunet.class, list(strides));
      case Ssd ssd ->
          CodeBlock.of(
              "new $T($L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L,$W$L)",
              Ssd.class,
              ssd.boxes(),
              ssd.scores(),
              ssd.landmarks(),
              list(ssd.strides()),
              priors(ssd.priors()),
              ssd.centre(),
              ssd.size(),
              ssd.softmax());
    };
  }

  private static CodeBlock priors(List<List<Ssd.Prior>> priors) {
    ClassName prior = ClassName.get(Ssd.Prior.class);
    return CodeBlock.of(
        "$T.of($L)",
        List.class,
        priors.stream()
            .map(
                grid ->
                    CodeBlock.of(
                        "$T.of($L)",
                        List.class,
                        grid.stream()
                            .map(
                                each ->
                                    CodeBlock.of(
                                        "new $T($L, $L)", prior, each.height(), each.width()))
                            .collect(CodeBlock.joining(",$W"))))
            .collect(CodeBlock.joining(",$W")));
  }

  private static CodeBlock list(List<Integer> numbers) {
    return CodeBlock.of(
        "$T.of($L)",
        List.class,
        numbers.stream().map(number -> number.toString()).collect(Collectors.joining(", ")));
  }
}
