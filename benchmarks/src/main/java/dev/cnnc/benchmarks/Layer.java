package dev.cnnc.benchmarks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conv as tables call it, {@code 3x3 64->128@56}: kernel, channels in and out, and the width and
 * height of its picture.
 */
record Layer(int kernel, int inputs, int outputs, int size) {
  private static final Pattern TEXT = Pattern.compile("(\\d+)x\\1 (\\d+)->(\\d+)@(\\d+)");

  static Layer parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a layer is written as 3x3 64->128@56, not " + text);
    }
    return new Layer(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  /**
   * A network of this layer with the relu that usually follows it. The pool in front is where the
   * conv's time begins: it stands between the conv and the conversion of the input.
   */
  String network() {
    return """
    network layer

    input image [%d, %d, %d]
    weights synthetic

    image -> maxpool(3x3, stride: 1, pad: 1) -> conv(%d, %dx%d, pad: same) -> relu
    """
        .formatted(inputs, size, size, outputs, kernel, kernel);
  }
}
