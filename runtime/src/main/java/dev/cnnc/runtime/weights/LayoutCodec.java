package dev.cnnc.runtime.weights;

/** Layouts in a header: a tag that never changes its meaning, then the record's components. */
final class LayoutCodec {
  private LayoutCodec() {}

  private static final int CHANNELS = 0;

  static void write(Layout layout, Encoder out) {
    switch (layout) {
      case Layout.Channels(int channels, int padded) -> {
        out.tag(CHANNELS);
        out.integer(channels);
        out.integer(padded);
      }
    }
  }

  static Layout read(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case CHANNELS -> new Layout.Channels(in.integer(), in.integer());
      default -> throw new IllegalArgumentException("no layout has the tag " + tag);
    };
  }
}
