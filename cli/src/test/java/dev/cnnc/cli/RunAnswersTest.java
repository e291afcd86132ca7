package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cnnc run} of a network with a clause that asks something about a picture. */
class RunAnswersTest {
  /** Its output is the upper left 2 x 2 pixels: x and y are reds, sizes greens, scores blues. */
  private static final String DETECTOR =
      """
      network spy
      input image [3, 8, 16]
      labels ["cat", "dog"]
      preprocess { letterbox 8x16; scale 1/16 }
      detect { head yolov8; strides [8]; score 0.3 }
      image -> crop(2x2) -> reshape([6, 1, 2])
      """;

  @TempDir private Path folder;

  /** A file with these pixels at the upper left, and black ones elsewhere. */
  private Path photo() throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 96 << 16 | 64 << 8 | 1);
    image.setRGB(1, 0, 224 << 16 | 32 << 8 | 8);
    image.setRGB(0, 1, 80 << 16 | 48 << 8 | 12);
    image.setRGB(1, 1, 64 << 16 | 96 << 8 | 2);
    Path file = folder.resolve("photo.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void printsAndDrawsWhatADetectorFinds() throws IOException {
    Path network = Files.writeString(folder.resolve("spy.cnn"), DETECTOR);
    Path drawn = folder.resolve("found.png");
    Cnnc cnnc = Cnnc.run("run", network, "--input", photo(), "--draw", drawn);
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.out())
        .matches(
            """
            spy on \\S+/photo.png, [0-9.]+ ms
             {3}75\\.00 % {2}dog {2}at 4.0, 3.5 to 8.0, 6.5
             {3}50\\.00 % {2}cat {2}at 13.0, 1.0 to 15.0, 7.0
            """);
    BufferedImage picture = ImageIO.read(drawn.toFile());
    assertThat(picture.getRGB(4, 5)).isEqualTo(picture.getRGB(7, 4)).isNotEqualTo(0xFF000000);
    assertThat(picture.getRGB(5, 5)).isEqualTo(0xFF000000);
    assertThat(picture.getRGB(13, 3)).isEqualTo(0xFFFF0000);
  }

  @Test
  void jsonHasWhatADetectorFindsInThePlaceOfOutputs() throws IOException {
    Path network = Files.writeString(folder.resolve("spy.cnn"), DETECTOR);
    Cnnc cnnc = Cnnc.run("run", network, "--input", photo(), "--json", "--reference");
    JsonNode json = new JsonMapper().readTree(cnnc.out());
    assertThat(json.propertyNames()).containsExactly("network", "detections", "milliseconds");
    assertThat(json.get("detections").get(0))
        .hasToString(
            "{\"label\":\"dog\",\"index\":1,\"score\":0.75,\"box\":[4.0,3.5,8.0,6.5],"
                + "\"landmarks\":[]}");
    assertThat(json.get("detections").size()).isEqualTo(2);
  }

  /** White pixels are 1: 5 by 5 of them span 4 by 4, which grow by 16 * 2 / 16. */
  @Test
  void findsLinesOfText() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < 25; pixel++) {
      image.setRGB(3 + pixel % 5, 6 + pixel / 5, 0xFFFFFF);
    }
    Path photo = folder.resolve("text.png");
    ImageIO.write(image, "png", photo.toFile());
    Path network =
        Files.writeString(
            folder.resolve("lines.cnn"),
            """
            network lines
            input image [1, 16, 16]
            preprocess { resize 16x16; scale 1/255 }
            detect { head db; unclip 2 }
            image -> identity
            """);
    Path drawn = folder.resolve("lines.png");
    Cnnc cnnc = Cnnc.run("run", network, "--input", photo, "--draw", drawn, "--reference");
    assertThat(cnnc.err()).isEmpty();
    assertThat(cnnc.out())
        .endsWith(" 100.00 %  at (1.5, 4.5) (9.5, 4.5) (9.5, 12.5) (1.5, 12.5)\n");
    assertThat(ImageIO.read(drawn.toFile()).getRGB(5, 4)).isEqualTo(0xFFFF0000);
    Cnnc json = Cnnc.run("run", network, "--input", photo, "--json", "--reference");
    assertThat(new JsonMapper().readTree(json.out()).get("lines"))
        .hasToString("[{\"score\":1.0,\"corners\":[[1.5,4.5],[9.5,4.5],[9.5,12.5],[1.5,12.5]]}]");
    Files.writeString(network, Cnnc.read(network).replace("unclip 2", "threshold 1"));
    assertThat(Cnnc.run("run", network, "--input", photo, "--reference").out())
        .endsWith("no text found\n");
  }

  @Test
  void drawsOnlyOnAPictureWhatIsFound() throws IOException {
    Path network = Files.writeString(folder.resolve("spy.cnn"), DETECTOR);
    Path drawn = folder.resolve("found.png");
    Cnnc numbers = Cnnc.run("run", network, "--input", "synthetic", "--draw", drawn);
    assertThat(numbers.status()).isEqualTo(1);
    assertThat(numbers.err()).contains("--draw needs a picture to draw on, not synthetic");
    Cnnc classes =
        Cnnc.run(
            "run", Cnnc.LENET5, "--input", Cnnc.EXAMPLES + "digits/7-0000.png", "--draw", drawn);
    assertThat(classes.status()).isEqualTo(1);
    assertThat(classes.err()).contains("lenet5 has no detect or segment clause");
    assertThat(drawn).doesNotExist();
  }
}
