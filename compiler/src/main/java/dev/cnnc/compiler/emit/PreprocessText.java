package dev.cnnc.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.cnnc.runtime.Preprocess;
import java.util.List;
import java.util.stream.Collectors;

/** A preprocess clause as the expression that makes it. */
final class PreprocessText {
  private static final ClassName RESIZE = ClassName.get(Preprocess.Resize.class);

  private PreprocessText() {}

  static CodeBlock constructor(Preprocess preprocess) {
    CodeBlock resize =
        switch (preprocess.resize()) {
          case Preprocess.Resize.None() -> CodeBlock.of("new $T.None()", RESIZE);
          case Preprocess.Resize.ShortSide(int pixels) ->
              CodeBlock.of("new $T.ShortSide($L)", RESIZE, pixels);
          case Preprocess.Resize.Exact(int height, int width) ->
              CodeBlock.of("new $T.Exact($L, $L)", RESIZE, height, width);
          case Preprocess.Resize.Multiple(int pixels, int multiple) ->
              CodeBlock.of("new $T.Multiple($L, $L)", RESIZE, pixels, multiple);
          case Preprocess.Resize.Letterbox(
                  int height,
                  int width,
                  int fill,
                  int stride,
                  boolean corner) ->
              CodeBlock.of(
                  "new $T.Letterbox($L, $L, $L, $L, $L)",
                  RESIZE,
                  height,
                  width,
                  fill,
                  stride,
                  corner);
        };
    boolean plain =
        preprocess.filter() == Preprocess.Filter.PILLOW
            && preprocess.order() == Preprocess.Order.RGB;
    if (!plain) {
      return CodeBlock.of(
          "new $T($L,$W$T.$L,$W$L,$W$L,$W$T.$L,$W$L,$W$L,$W$L)",
          Preprocess.class,
          resize,
          Preprocess.Filter.class,
          preprocess.filter(),
          preprocess.cropHeight(),
          preprocess.cropWidth(),
          Preprocess.Order.class,
          preprocess.order(),
          preprocess.scale(),
          list(preprocess.mean()),
          list(preprocess.deviation()));
    }
    return CodeBlock.of(
        "new $T($L,$W$L,$W$L,$W$L,$W$L,$W$L)",
        Preprocess.class,
        resize,
        preprocess.cropHeight(),
        preprocess.cropWidth(),
        preprocess.scale(),
        list(preprocess.mean()),
        list(preprocess.deviation()));
  }

  private static CodeBlock list(List<Double> values) {
    return CodeBlock.of(
        "$T.of($L)",
        List.class,
        values.stream().map(value -> value.toString()).collect(Collectors.joining(", ")));
  }
}
