package dev.cnnc.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Handwritten digits of MNIST. */
final class Digits {
  /** Forty of them, which are a part of the repository. Each name begins with the digit. */
  static final Path FORTY = Path.of("../generated-examples/src/main/digits");

  private static final int SIDE = 28;
  private static final int PICTURES_START = 16;
  private static final int LABELS_START = 8;

  private Digits() {}

  /** All ten thousand of the test set, as files whose names begin with the digit. */
  static void write(Path folder) throws IOException {
    byte[] pictures = Files.readAllBytes(shared("data/t10k-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(shared("data/t10k-labels-idx1-ubyte"));
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    int[] pixels = new int[SIDE * SIDE];
    for (int digit = 0; digit < 10_000; digit++) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = pictures[PICTURES_START + digit * pixels.length + i] & 255;
      }
      image.getRaster().setPixels(0, 0, SIDE, SIDE, pixels);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(image, "png", file);
      Files.write(
          folder.resolve(labels[LABELS_START + digit] + "-" + digit + ".png"), file.toByteArray());
    }
  }

  private static Path shared(String name) {
    Path file = Path.of("..", "..", "shared", name);
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file.normalize());
    return file;
  }
}
