package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

  /** Checksums of what Pillow 12.3.0 makes of the same bytes with {@code Image.BILINEAR}. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1,1,22664595",
    "1,1,3,2,ced9aab7",
    "2,2,1,1,358624de",
    "3,2,2,3,eb6bffe1",
    "5,7,5,7,5db7ec37",
    "5,7,5,4,74f22d11",
    "5,7,3,7,59764c30",
    "17,13,8,6,c10ce2a9",
    "17,13,40,31,e980b2b2",
    "64,48,28,28,eb173571",
    "101,67,33,50,04e7ef01",
    "32,32,31,33,c6e12e60",
    "300,200,224,149,f75aded6",
    "200,3,7,3,3b70eb5c",
    "2,500,2,1,91aa3c21",
    "640,480,341,256,745cfe09"
  })
  void givesTheBytesOfPillow(int width, int height, int newWidth, int newHeight, String checksum) {
    Picture small = Resampling.resize(Pictures.noise(width, height), newWidth, newHeight);
    assertThat(small.width()).isEqualTo(newWidth);
    assertThat(small.height()).isEqualTo(newHeight);
    assertThat(Long.toHexString(Pictures.checksum(small)))
        .isEqualTo(Long.toHexString(Long.parseLong(checksum, 16)));
  }

  /**
   * Four pixels to two: each reaches two pixels to both sides of its centre, with weights 1/4, 3/4,
   * 3/4, 1/4, of which one lies outside.
   */
  @Test
  void weighsByATriangleAsWideAsTheReduction() {
    Picture half = Resampling.resize(Pictures.grey(4, 1, 0, 70, 140, 210), 2, 1);
    // (3*0 + 3*70 + 140) / 7 = 50, (70 + 3*140 + 3*210) / 7 = 160
    assertThat(half.rgb()).containsExactly(50, 50, 50, (byte) 160, (byte) 160, (byte) 160);
  }

  /** Two to four: centres at 1/4, 3/4, 5/4, 7/4; the outer ones reach one pixel only. */
  @Test
  void interpolatesUpwards() {
    Picture twice = Resampling.resize(Pictures.grey(1, 2, 0, 100), 1, 4);
    assertThat(twice.rgb()).containsExactly(0, 0, 0, 25, 25, 25, 75, 75, 75, 100, 100, 100);
  }

  /** The first pass is rounded: 0.5 up to 1, then 1 and 0 to 0.5, up to 1. */
  @Test
  void roundsAfterEachPass() {
    Picture one = Resampling.resize(Pictures.grey(2, 2, 0, 1, 0, 0), 1, 1);
    assertThat(one.rgb()).containsExactly(1, 1, 1);
  }
}
