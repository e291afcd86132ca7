package dev.cnnc.runtime.weights;

/**
 * The order in which kernels read a packed tensor. The number of floats never depends on the
 * machine; their order may depend on its vector width.
 */
public sealed interface Layout {

  /** Number of floats. */
  int size();

  /**
   * Writes a tensor.
   *
   * @param rows the value of the tensor, one row for each output
   * @param into the array of all packed tensors, zero from {@code offset} on
   * @param lanes floats in a vector: 16, 8, 4, or 1 for scalar code
   */
  void pack(Rows rows, float[] into, int offset, int lanes);

  /** One number for each channel ({@code [n]}), then zeros up to {@code padded}. */
  record Channels(int channels, int padded) implements Layout {
    @Override
    public int size() {
      return padded;
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      for (int channel = 0; channel < channels; channel++) {
        into[offset + channel] = (float) rows.row(channel)[0];
      }
    }
  }

  /**
   * Weights {@code [outputs, channels, taps]} of a conv or fc: the outputs of a panel lie side by
   * side, for each channel, tap and panel.
   *
   * <p>If a vector spans several groups of a grouped conv, each with 2, 4 or 8 outputs and as many
   * channels, weights are stored as a butterfly. The place of channel d holds the weights of the
   * channels {@code output ^ d}, each in the lane of its channel, so that a vector of pixels is
   * multiplied as it is.
   *
   * @param channels that an output reads
   * @param taps positions in the window
   */
  record Panels(Tile.Use use, int outputs, int channels, int taps) implements Layout {
    /**
     * Whether a vector of 512 bits spans several groups.
     *
     * @param size channels of a group, a power of two; other sizes have no butterfly
     */
    public static boolean isButterfly(int size) {
      return size < Tile.OUTPUTS;
    }

    @Override
    public int size() {
      return Math.multiplyExact(Tile.padded(outputs), Math.multiplyExact(channels, taps));
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      boolean butterfly = use == Tile.Use.GROUPED_CONV && isButterfly(channels);
      int first = 0;
      for (Tile tile : Tile.cover(use, lanes, Tile.padded(outputs))) {
        int width = tile.outputs(lanes);
        int panel = offset + first * channels * taps;
        for (int output = first; output < Math.min(first + width, outputs); output++) {
          double[] row = rows.row(output);
          for (int tap = 0; tap < taps; tap++) {
            for (int channel = 0; channel < channels; channel++) {
              int place = butterfly ? (output ^ channel) % channels : channel;
              int slot = butterfly ? output ^ place % lanes : output;
              into[panel + (tap * channels + place) * width + slot - first] =
                  (float) row[channel * taps + tap];
            }
          }
        }
        first += width;
      }
    }
  }

  /**
   * Weights {@code [outputs, channels, taps]} of an fc in 16 bits: {@link Panels} of two vectors,
   * the first in the lower halves of the floats, the second in the upper halves.
   *
   * @param storage a 16-bit format
   */
  record Halves(Storage storage, int outputs, int channels, int taps) implements Layout {
    /** Outputs are padded to this many, at every width. */
    public static final int OUTPUTS = 32;

    @Override
    public int size() {
      int padded = Math.ceilDiv(outputs, OUTPUTS) * OUTPUTS;
      return Math.multiplyExact(padded / 2, Math.multiplyExact(channels, taps));
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      for (int output = 0; output < outputs; output++) {
        double[] row = rows.row(output);
        int panel = offset + output / (2 * lanes) * lanes * channels * taps + output % lanes;
        int shift = output / lanes % 2 * Short.SIZE;
        for (int tap = 0; tap < taps; tap++) {
          for (int channel = 0; channel < channels; channel++) {
            int at = panel + (tap * channels + channel) * lanes;
            int bits = Short.toUnsignedInt(storage.encoded((float) row[channel * taps + tap]));
            into[at] = Float.intBitsToFloat(Float.floatToRawIntBits(into[at]) | bits << shift);
          }
        }
      }
    }
  }

  /**
   * Weights {@code [outputs, inputs / groups, taps]} of a grouped conv, in blocks of 16 outputs. A
   * block reads {@link #span} channels from {@link #start}, the channels of all its groups. Weights
   * are zero for channels outside the group of the output.
   */
  record Groups(int outputs, int inputs, int groups, int taps) implements Layout {
    /** Number of channels that every block reads. */
    public int span() {
      int widest = 0;
      for (int block = 0; block < outputs; block += Tile.OUTPUTS) {
        int last = Math.min(block + Tile.OUTPUTS, outputs) - 1;
        widest = Math.max(widest, last / perGroup() - block / perGroup() + 1);
      }
      return widest * (inputs / groups);
    }

    /** The first channel that the block from output {@code block} on reads. */
    public int start(int block) {
      return Math.min(block / perGroup() * (inputs / groups), inputs - span());
    }

    private int perGroup() {
      return outputs / groups;
    }

    @Override
    public int size() {
      return Math.multiplyExact(Tile.padded(outputs), Math.multiplyExact(span(), taps));
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      int channels = inputs / groups;
      int panelWidth = Tile.of(Tile.Use.GROUPED_CONV, lanes).getFirst().outputs(lanes);
      for (int output = 0; output < outputs; output++) {
        int block = output / Tile.OUTPUTS * Tile.OUTPUTS;
        int shift = output / perGroup() * channels - start(block);
        int panel = offset + output / panelWidth * panelWidth * span() * taps;
        double[] row = rows.row(output);
        for (int tap = 0; tap < taps; tap++) {
          for (int channel = 0; channel < channels; channel++) {
            into[panel + (tap * span() + shift + channel) * panelWidth + output % panelWidth] =
                (float) row[channel * taps + tap];
          }
        }
      }
    }
  }

  /**
   * A tensor {@code [channels, pixels]} in NHWC order: for each pixel all channels, padded as in
   * the arena. It is a value, or the filters of a depthwise conv, whose taps are the pixels.
   */
  record ChannelsLast(int channels, int pixels) implements Layout {
    @Override
    public int size() {
      return Math.multiplyExact(Tile.padded(channels), pixels);
    }

    @Override
    public void pack(Rows rows, float[] into, int offset, int lanes) {
      for (int channel = 0; channel < channels; channel++) {
        double[] row = rows.row(channel);
        for (int pixel = 0; pixel < pixels; pixel++) {
          into[offset + pixel * Tile.padded(channels) + channel] = (float) row[pixel];
        }
      }
    }
  }
}
