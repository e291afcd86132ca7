package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.vision.Box;
import dev.cnnc.vision.Detection;
import dev.cnnc.vision.Embedding;
import dev.cnnc.vision.Line;
import dev.cnnc.vision.Mask;
import dev.cnnc.vision.Point;
import dev.cnnc.vision.Quadrilateral;
import dev.cnnc.vision.Region;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An emitted class answers about a picture, through the library cnnc-vision. */
class AnswersTest {

  /**
   * The upper left 2 x 2 pixels are the output: x and y of both cells are the four reds, width and
   * height the greens, the scores of two classes the blues.
   */
  private static final String DETECTOR =
      """
      network spy
      input image [3, 8, 16]
      labels ["cat", "dog"]
      preprocess { letterbox 8x16; scale 1/16 }
      detect { head yolov8; strides [8]; score 0.3; iou 0.5 }
      image -> crop(2x2) -> reshape([6, 1, 2])
      """;

  /** Twice the size of the input, so that two by two pixels become one. */
  private static Picture picture() {
    int[][] pixels = {
      {96, 64, 1}, {224, 32, 8}, {80, 48, 12}, {64, 96, 2},
    };
    byte[] rgb = new byte[3 * 16 * 32];
    for (int pixel = 0; pixel < 16 * 32; pixel++) {
      int x = pixel % 32 / 2;
      int y = pixel / 32 / 2;
      for (int channel = 0; channel < 3 && x < 2 && y < 2; channel++) {
        rgb[3 * pixel + channel] = (byte) pixels[2 * y + x][channel];
      }
    }
    return new Picture(rgb, 32, 16);
  }

  /** Box 0: centre (6, 5), 4 by 3, dog with 12/16; box 1: (14, 4), 2 by 6, cat with 8/16. */
  @Test
  void aClassDetects(@TempDir Path folder) throws Exception {
    Backend backend = backend(DETECTOR, folder);
    assertThat(backend.java().network())
        .contains("private static final Detector DETECT = new Detector(")
        .contains("new Yolo(Yolo.Version.V8, List.of(8))")
        .contains("public List<Detection> detect(Picture picture)")
        .contains("public List<Detection> detect(Path picture) throws IOException");
    try (CompiledNetwork network = load(backend)) {
      List<Detection> expected =
          List.of(
              new Detection(new Box(8, 7, 16, 13), 0.75f, 1, "dog", List.of()),
              new Detection(new Box(26, 2, 30, 14), 0.5f, 0, "cat", List.of()));
      assertThat(ask(network, "detect", Picture.class, picture())).isEqualTo(expected);
      BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
      byte[] rgb = picture().rgb();
      for (int pixel = 0; pixel < 32 * 16; pixel++) {
        image.setRGB(
            pixel % 32,
            pixel / 32,
            (rgb[3 * pixel] & 0xFF) << 16
                | (rgb[3 * pixel + 1] & 0xFF) << 8
                | (rgb[3 * pixel + 2] & 0xFF));
      }
      assertThat(ask(network, "detect", BufferedImage.class, image)).isEqualTo(expected);
    }
  }

  /** 5 by 5 pixels of 51 are a block of 1: 4 by 4 between centres, grown by 16 * 2 / 16. */
  @Test
  void aClassFindsLinesOfText(@TempDir Path folder) throws Exception {
    String text =
        """
        network lines
        input image [1, 16, 16]
        preprocess { resize 16x16; scale 1/51 }
        detect { head db; threshold 0.5; score 0.75; unclip 2; most 7 }
        image -> identity
        """;
    Backend backend = backend(text, folder);
    assertThat(backend.java().network())
        .contains("new LineDetector(0.5, 0.75, 2.0, 7)")
        .contains("public List<Region> detect(Picture picture)");
    byte[] rgb = new byte[3 * 16 * 16];
    for (int pixel = 0; pixel < 256; pixel++) {
      boolean inside = pixel % 16 >= 3 && pixel % 16 < 8 && pixel / 16 >= 6 && pixel / 16 < 11;
      Arrays.fill(rgb, 3 * pixel, 3 * pixel + 3, (byte) (inside ? 51 : 0));
    }
    try (CompiledNetwork network = load(backend)) {
      assertThat(ask(network, "detect", Picture.class, new Picture(rgb, 16, 16)))
          .isEqualTo(
              List.of(
                  new Region(
                      new Quadrilateral(
                          new Point(1.5f, 4.5f),
                          new Point(9.5f, 4.5f),
                          new Point(9.5f, 12.5f),
                          new Point(1.5f, 12.5f)),
                      1)));
    }
  }

  @Test
  void aClassSegmentsEmbedsAndReads(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("keys.txt"), "b\n\u3000\r\n");
    String text =
        """
        network all
        input image [3, 1, 2]
        preprocess { resize 1x2 }
        embed { l2 }
        read { ctc "keys.txt" }
        image -> permute([1, 2, 0])
        """;
    // The rows are pixels, and their columns channels: blank, b, a wide space.
    try (CompiledNetwork network = load(backend(text, folder))) {
      Picture picture = new Picture(new byte[] {3, 0, 4, 0, 12, 0}, 2, 1);
      assertThat(ask(network, "read", Picture.class, picture)).isEqualTo(new Line("\u3000b", 8));
      assertThat(((Embedding) ask(network, "embed", Picture.class, picture)).values())
          .containsExactly(3 / 13f, 0, 4 / 13f, 0, 12 / 13f, 0);
    }
    String other =
        text.replace("read { ctc \"keys.txt\" }", "segment { argmax }")
            .replace("permute([1, 2, 0])", "identity");
    try (CompiledNetwork network = load(backend(other, folder))) {
      Picture picture = new Picture(new byte[] {3, 0, 4, 0, 12, 0}, 2, 1);
      assertThat(((Mask) ask(network, "segment", Picture.class, picture)).classes())
          .containsExactly((short) 2, (short) 1);
    }
  }

  @Test
  void onlySuchAClassNeedsTheLibrary(@TempDir Path folder) {
    String without = DETECTOR.replaceAll("detect.*\n", "").replaceAll("labels.*\n", "");
    assertThat(backend(without, folder).java().sources().toString()).doesNotContain("vision");
  }

  /** Logits and boxes of 8 cells with three anchors, and of 2 cells with two. */
  private static final String BLAZEFACE =
      """

      output a = image -> crop(1x8) -> reshape([24, 1, 1])
      output b = image -> conv(4, 1x1) -> crop(1x1)
      output c = image -> reshape([24, 1, 16])
      output d = image -> conv(1, 1x1) -> crop(4x16) -> reshape([4, 1, 16])
      """;

  /** What is printed after a pass says the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect { head yolov8; strides [8]; score 0.3; iou 0.5; agnostic }",
        "segment { sigmoid; threshold 0.4 }",
        "segment { argmax }",
        "embed { l2 }",
        "detect { head blazeface; strides [4, 8]; anchors [3, 2]; most 9 }",
        "detect { head corners; boxes \"output\"; scores other }",
        "detect { head db; threshold 0.2; score 0.5; unclip 2; most 9 }",
        "detect { head ssd; strides [8, 4]; anchors [[2x3], [[1.5, 2], 4]]; softmax;"
            + " boxes \"output\"; scores other; variances [1, 0.5] }"
      })
  void answersComeBack(String clause, @TempDir Path folder) {
    String text = DETECTOR.replaceAll("detect.*\n", "").replaceAll("labels.*\n", "") + clause;
    if (clause.contains("blazeface")) {
      text = "network spy\ninput image [3, 8, 16]\n" + clause + BLAZEFACE;
    }
    if (clause.contains("corners")) {
      text =
          text.replace("crop(2x2) -> reshape([6, 1, 2])", "crop(1x4) -> reshape([3, 1, 4])")
              .concat("\noutput other = image -> crop(1x2) -> reshape([3, 1, 2])");
    }
    if (clause.contains("head db")) {
      text = text.replace("crop(2x2) -> reshape([6, 1, 2])", "reshape([1, 24, 16])");
    }
    if (clause.contains("ssd")) {
      text =
          text.replace("[3, 8, 16]", "[3, 8, 8]")
              .replace("8x16", "8x8")
              .replace("crop(2x2) -> reshape([6, 1, 2])", "crop(3x4) -> reshape([9, 1, 4])")
              .concat("\noutput other = image -> crop(1x6) -> reshape([9, 1, 2])");
    }
    Network network = network(text, folder);
    String printed = GraphPrinter.print(network, Optional.empty()).text();
    assertThat(network.answers()).hasSize(1);
    assertThat(network(printed, folder).answers()).isEqualTo(network.answers());
  }

  /** Five characters and a blank are channels, and sixteen steps are columns. */
  @Test
  void charactersInChannelsAreNoRows(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("keys.txt"), "\uFEFFa\n \nb\nb\nc\n");
    String text =
        """
        network lines
        input line [3, 8, 16]
        read { ctc "keys.txt" }
        line -> maxpool(8x1) -> conv(6, 1x1)\
        """;
    assertThat(diagnostics(text, folder))
        .containsExactly(
            "output output is [6, 1, 16]: its characters are channels, but read wants a row for"
                + " each step; end the network with permute([2, 1, 0])");
    Network cured = network(text + " -> permute([2, 1, 0])", folder);
    assertThat(cured.labels()).containsExactly("a", " ", "b", "b", "c");
  }

  /** A file of other characters gives wrong texts; one without any was no clause at all. */
  @Test
  void aFileOfCharactersThatDoesNotFitIsTold(@TempDir Path folder) throws Exception {
    String text =
        """
        network lines
        input line [3, 8, 16]
        read { ctc "keys.txt" }
        line -> maxpool(8x1) -> permute([2, 1, 0])\
        """;
    Path keys = Files.writeString(folder.resolve("keys.txt"), "a\n");
    assertThat(diagnostics(text, folder))
        .containsExactly(
            "the file has 1 characters, but the network has 2 beside the blank; if the last one is"
                + " a space, write read { ctc \"FILE\"; space }");
    String spaced = text.replace("\" }", "\"; space }");
    assertThat(diagnostics(spaced, folder)).isEmpty();
    Files.writeString(keys, "a\nb\n");
    assertThat(diagnostics(text, folder)).isEmpty();
    assertThat(diagnostics(spaced, folder))
        .containsExactly(
            "the file has 2 characters, but the network has 1 beside the blank; if space is"
                + " written, the file has it already: remove space");
    Files.writeString(keys, "");
    assertThat(diagnostics(text, folder))
        .containsExactly(
            "the file has no characters, one a line: \"keys.txt\"; paths are relative to this"
                + " file");
  }

  @Test
  void anchorsHaveASize(@TempDir Path folder) {
    String text =
        """
        network ssd
        input image [3, 8, 8]
        detect { head ssd; strides [8]; anchors [[4, -4]] }
        output boxes = image -> crop(1x1) -> conv(8, 1x1) -> reshape([2, 1, 4])
        output scores = image -> crop(1x1) -> conv(4, 1x1) -> reshape([2, 1, 2])
        """;
    assertThat(diagnostics(text, folder))
        .containsExactly(
            "anchors are a list for each stride, of numbers above 0, sizes or lists [height,"
                + " width], in pixels; write anchors [[10, 16, 24], [32, 48]]");
    assertThat(diagnostics(text.replace("-4", "4.5"), folder)).isEmpty();
  }

  private static List<String> diagnostics(String text, Path folder) {
    return Lowering.lower(Parser.parse(new Source("net.cnn", text)), folder).diagnostics().stream()
        .map(each -> each.message() + "; " + each.help().orElse(""))
        .toList();
  }

  private static Network network(String text, Path folder) {
    var lowered = Lowering.lower(Parser.parse(new Source("spy.cnn", text)), folder);
    assertThat(lowered.diagnostics()).isEmpty();
    return lowered.network().orElseThrow();
  }

  private static Backend backend(String text, Path folder) {
    Network written = network(text, folder);
    return Backend.here(Passes.improved(written));
  }

  private static CompiledNetwork load(Backend backend) {
    return InMemory.load(
        backend.java().className(),
        JavaInMemory.compile(backend.java().sources()),
        PackedWeights.of(backend.weights(), new Synthetic()),
        Threads.caller());
  }

  private static Object ask(CompiledNetwork network, String method, Class<?> kind, Object picture)
      throws Exception {
    return network.getClass().getMethod(method, kind).invoke(network, picture);
  }
}
