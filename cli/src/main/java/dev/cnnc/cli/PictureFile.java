package dev.cnnc.cli;

import dev.cnnc.runtime.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes a picture as PNG. */
final class PictureFile {
  private PictureFile() {}

  static void write(Path file, Picture picture) {
    int width = picture.width();
    BufferedImage image = new BufferedImage(width, picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.rgb();
    for (int pixel = 0; pixel < width * picture.height(); pixel++) {
      int colour =
          (rgb[3 * pixel] & 0xFF) << 16
              | (rgb[3 * pixel + 1] & 0xFF) << 8
              | (rgb[3 * pixel + 2] & 0xFF);
      image.setRGB(pixel % width, pixel / width, colour);
    }
    try {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new IOException("this Java writes no PNG");
      }
    } catch (IOException problem) {
      throw Failure.writing(file, problem);
    }
  }
}
