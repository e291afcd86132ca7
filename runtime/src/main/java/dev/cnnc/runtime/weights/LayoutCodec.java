package dev.cnnc.runtime.weights;

/**
 * Encodes layouts in a header: a tag whose meaning never changes, then the components of the
 * record.
 */
final class LayoutCodec {
  private LayoutCodec() {}

  private static final int CHANNELS = 0;
  private static final int CONV_PANELS = 2;
  private static final int FC_PANELS = 3;
  private static final int GROUPS = 4;
  private static final int CHANNELS_LAST = 6;
  private static final int GROUPED_PANELS = 7;
  private static final int F16_PANELS = 8;
  private static final int BF16_PANELS = 9;
  private static final int STREAMED_PANELS = 10;

  static void write(Layout layout, Encoder out) {
    switch (layout) {
      case Layout.Channels(int channels, int padded) -> write(out, CHANNELS, channels, padded);
      case Layout.Panels(Tile.Use use, int outputs, int channels, int taps) ->
          write(out, tag(use), outputs, channels, taps);
      case Layout.Halves(Storage storage, int outputs, int channels, int taps) ->
          write(out, storage == Storage.F16 ? F16_PANELS : BF16_PANELS, outputs, channels, taps);
      case Layout.Groups(int outputs, int inputs, int groups, int taps) ->
          write(out, GROUPS, outputs, inputs, groups, taps);
      case Layout.ChannelsLast(int channels, int pixels) ->
          write(out, CHANNELS_LAST, channels, pixels);
    }
  }

  private static int tag(Tile.Use use) {
    // A switch over an enum would add a class to the jar.
    return use == Tile.Use.FC
        ? FC_PANELS
        : use == Tile.Use.CONV
            ? CONV_PANELS
            : use == Tile.Use.GROUPED_CONV ? GROUPED_PANELS : STREAMED_PANELS;
  }

  private static Layout panels(Tile.Use use, Decoder in) {
    return new Layout.Panels(use, in.integer(), in.integer(), in.integer());
  }

  private static Layout halves(Storage storage, Decoder in) {
    return new Layout.Halves(storage, in.integer(), in.integer(), in.integer());
  }

  private static void write(Encoder out, int tag, int... components) {
    out.tag(tag);
    for (int component : components) {
      out.integer(component);
    }
  }

  static Layout read(Decoder in) {
    int tag = in.tag();
    return switch (tag) {
      case CHANNELS -> new Layout.Channels(in.integer(), in.integer());
      case CONV_PANELS -> panels(Tile.Use.CONV, in);
      case STREAMED_PANELS -> panels(Tile.Use.STREAMED_CONV, in);
      case GROUPED_PANELS -> panels(Tile.Use.GROUPED_CONV, in);
      case FC_PANELS -> panels(Tile.Use.FC, in);
      case F16_PANELS -> halves(Storage.F16, in);
      case BF16_PANELS -> halves(Storage.BF16, in);
      case GROUPS -> new Layout.Groups(in.integer(), in.integer(), in.integer(), in.integer());
      case CHANNELS_LAST -> new Layout.ChannelsLast(in.integer(), in.integer());
      default -> throw new IllegalArgumentException("no layout has the tag " + tag);
    };
  }
}
