package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every layout, read in the order in which kernels read it, gives the tensor back; zeros stand
 * where there is none, and nothing is written outside.
 */
class LayoutTest {
  private static final int[] SIZES = {1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 129, 200, 273};
  private static final List<Integer> WIDTHS = List.of(1, 4, 8, 16);

  /** Floats around what a layout may write. */
  private static final int MARGIN = 32;

  @ParameterizedTest
  @EnumSource(
      value = Tile.Use.class,
      names = {"CONV", "STREAMED_CONV", "FC"})
  void panels(Tile.Use use) {
    for (int outputs : SIZES) {
      for (int channels : new int[] {1, 3, 16}) {
        for (int taps : new int[] {1, 4}) {
          Layout layout = new Layout.Panels(use, outputs, channels, taps);
          for (int lanes : WIDTHS) {
            float[] expected = new float[layout.size()];
            int k = 0;
            for (Tile tile : Tile.of(use, lanes)) {
              int width = tile.vectors() * lanes;
              for (; k + width <= Tile.padded(outputs); k += width) {
                for (int i = 0; i < channels * taps * width; i++) {
                  int output = k + i % width;
                  int channel = i / width % channels;
                  int tap = i / width / channels;
                  expected[k * channels * taps + i] =
                      output < outputs ? element(output, channel * taps + tap) : 0;
                }
              }
            }
            assertThat(k).isEqualTo(Tile.padded(outputs));
            assertPacked(layout, lanes, expected);
          }
        }
      }
    }
  }

  /** Groups of any size: a block of 16 outputs may begin and end inside of one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 16, 17, 32})
  void groups(int perGroup) {
    for (int groups : new int[] {2, 3, 5, 16, 33}) {
      for (int depth : new int[] {1, 2, 5}) {
        int outputs = groups * perGroup;
        int inputs = groups * depth;
        int taps = 3;
        Layout.Groups layout = new Layout.Groups(outputs, inputs, groups, taps);
        for (int lanes : WIDTHS) {
          int width = Tile.of(Tile.Use.GROUPED_CONV, lanes).getFirst().outputs(lanes);
          float[] expected = new float[layout.size()];
          for (int k = 0; k < Tile.padded(outputs); k += width) {
            int first = Math.min(k / 16 * 16 / perGroup * depth, inputs - layout.span());
            for (int i = 0; i < layout.span() * taps * width; i++) {
              int output = k + i % width;
              int channel = first + i / width % layout.span() - output / perGroup * depth;
              int tap = i / width / layout.span();
              boolean own = output < outputs && channel >= 0 && channel < depth;
              expected[k * layout.span() * taps + i] =
                  own ? element(output, channel * taps + tap) : 0;
            }
          }
          assertPacked(layout, lanes, expected);
          for (int output = 0; output < outputs; output++) {
            int start = layout.start(output / 16 * 16);
            assertThat(start).isBetween(0, output / perGroup * depth);
            assertThat(start + layout.span()).isBetween((output / perGroup + 1) * depth, inputs);
          }
        }
      }
    }
  }

  /** Lane by lane: a channel's weights for the output whose number differs by {@code d}. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void butterfly(int size) {
    int outputs = 48;
    int taps = 3;
    for (int lanes : WIDTHS) {
      int width = Tile.of(Tile.Use.GROUPED_CONV, lanes).getFirst().outputs(lanes);
      Layout layout = new Layout.Panels(Tile.Use.GROUPED_CONV, outputs, size, taps);
      float[] expected = new float[layout.size()];
      int at = 0;
      for (int panel = 0; panel < outputs; panel += width) {
        for (int tap = 0; tap < taps; tap++) {
          for (int d = 0; d < size; d++) {
            for (int slot = panel; slot < panel + width; slot++) {
              int output = slot ^ d % lanes;
              expected[at++] = element(output, (output ^ d) % size * taps + tap);
            }
          }
        }
      }
      assertPacked(layout, lanes, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 33})
  void byChannel(int channels) {
    int padded = Tile.padded(channels);
    float[] each = new float[padded];
    float[] taps = new float[padded * 3];
    for (int channel = 0; channel < channels; channel++) {
      each[channel] = element(channel, 0);
      for (int tap = 0; tap < 3; tap++) {
        taps[tap * padded + channel] = element(channel, tap);
      }
    }
    for (int lanes : WIDTHS) {
      assertPacked(new Layout.Channels(channels, padded), lanes, each);
      assertPacked(new Layout.ChannelsLast(channels, 3), lanes, taps);
    }
  }

  private static void assertPacked(Layout layout, int lanes, float[] expected) {
    float[] into = new float[MARGIN + layout.size() + MARGIN];
    Rows rows =
        output -> {
          double[] row = new double[1024];
          Arrays.setAll(row, index -> element(output, index));
          return row;
        };
    layout.pack(rows, into, MARGIN, lanes);
    float[] wanted = new float[into.length];
    System.arraycopy(expected, 0, wanted, MARGIN, expected.length);
    assertThat(into).as("%s, %s lanes", layout, lanes).isEqualTo(wanted);
  }

  private static float element(int row, int index) {
    return 1 + row * 1024 + index;
  }
}
