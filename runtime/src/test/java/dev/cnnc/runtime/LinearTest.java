package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearTest {

  /**
   * Checksums of {@code cv2.resize(..., interpolation=cv2.INTER_LINEAR)}, computed without OpenCV:
   * by its formula for bytes (imgproc/src/resize.cpp), written down in numpy over whole arrays.
   */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,22664595",
    "1,1,3,2,ced9aab7",
    "2,2,1,1,2c9d159f",
    "3,2,2,3,fa748f35",
    "5,7,5,7,5db7ec37",
    "5,7,3,9,a3357c73",
    "17,13,8,6,94be83b3",
    "17,13,40,31,8b006e70",
    "64,48,28,28,85bb83c0",
    "101,67,33,50,69f9a29e",
    "32,32,31,33,f0dc69ab",
    "300,200,224,149,f954ebf3",
    "2,500,2,1,7bac6a94",
    "640,480,640,427,f18a6dfb"
  })
  void givesTheBytesOfOpenCv(int width, int height, int newWidth, int newHeight, String checksum) {
    Picture resized = resize(Pictures.noise(width, height), newWidth, newHeight);
    assertThat(Long.toHexString(Pictures.checksum(resized)))
        .isEqualTo(Long.toHexString(Long.parseLong(checksum, 16)));
  }

  /** No antialias: the centre of the first four pixels lies between the second and the third. */
  @Test
  void looksAtTwoNeighboursHoweverSmallTheResult() {
    Picture small = resize(Pictures.grey(8, 1, 0, 50, 100, 150, 9, 10, 30, 9), 2, 1);
    assertThat(small.rgb()).containsExactly(75, 75, 75, 20, 20, 20);
  }

  /** Two to four: centres at 1/4, 3/4, 5/4, 7/4 between the pixels at 1/2 and 3/2. */
  @Test
  void interpolatesUpwards() {
    Picture twice = resize(Pictures.grey(1, 2, 0, 100), 1, 4);
    assertThat(twice.rgb()).containsExactly(0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100);
  }

  @Test
  void computesAPartOfTheWhole() {
    Picture picture = Pictures.noise(23, 31);
    Picture whole = resize(picture, 40, 17);
    Picture part = Linear.part(picture, 40, 17, new Resampling.Part(7, 3, 11, 5));
    for (int row = 0; row < 5; row++) {
      for (int index = 0; index < 3 * 11; index++) {
        assertThat(part.rgb()[3 * 11 * row + index])
            .isEqualTo(whole.rgb()[3 * (40 * (row + 3) + 7) + index]);
      }
    }
  }

  private static Picture resize(Picture picture, int width, int height) {
    return Linear.part(picture, width, height, new Resampling.Part(0, 0, width, height));
  }
}
