package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The trained LeNet-5 on the whole MNIST test set, through the generated class. */
class Lenet5Test {
  private static final int PIXELS = 28 * 28;
  private static final int PICTURES_START = 16;
  private static final int LABELS_START = 8;

  /** PyTorch's, for the first digit of the set, a seven. */
  private static final double[] FIRST = {
    -0.9891, 0.1921, 2.8979, 2.0635, -3.0344, -2.1532, -10.9574, 11.6107, -2.1618, 1.9148
  };

  @Test
  void readsTheDigitsThatPyTorchReads() throws IOException {
    byte[] pictures = Files.readAllBytes(Shared.file("data/t10k-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(Shared.file("data/t10k-labels-idx1-ubyte"));
    Lenet5 network = Lenet5.load();
    float[] picture = new float[PIXELS];
    float[] scores = new float[10];
    int right = 0;
    for (int digit = 0; digit < 10_000; digit++) {
      for (int i = 0; i < PIXELS; i++) {
        picture[i] = (pictures[PICTURES_START + digit * PIXELS + i] & 255) / 255f;
      }
      network.run(picture, scores);
      if (digit == 0) {
        for (int i = 0; i < 10; i++) {
          assertThat((double) scores[i]).isCloseTo(FIRST[i], within(1e-3));
        }
      }
      right += largest(scores) == labels[LABELS_START + digit] ? 1 : 0;
    }
    assertThat(right).isEqualTo(9903);
  }

  private static int largest(float[] scores) {
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return largest;
  }
}
