package dev.cnnc.runtime;

/**
 * Between the order of people and files (channels, rows, columns) and that of the arena, channels
 * last. Plain loops: at most one percent of the smallest network's time.
 */
final class ChannelsLast {
  private ChannelsLast() {}

  static void in(float[] from, View view, float[] arena) {
    switch (view.channels()) {
      case 1 -> in1(from, view, arena);
      case 3 -> in3(from, view, arena);
      default -> {
        for (int channel = 0; channel < view.channels(); channel++) {
          inOne(from, channel, view, arena);
        }
      }
    }
  }

  static void out(float[] arena, View view, float[] to) {
    if (view.height() == 1 && view.width() == 1) {
      System.arraycopy(arena, view.offset(), to, 0, view.channels());
      return;
    }
    for (int channel = 0; channel < view.channels(); channel++) {
      outOne(arena, channel, view, to);
    }
  }

  private static void in1(float[] from, View view, float[] arena) {
    if (view.pixel() > 1) {
      inOne(from, 0, view, arena);
      return;
    }
    for (int row = 0; row < view.height(); row++) {
      System.arraycopy(
          from, row * view.width(), arena, view.offset() + row * view.line(), view.width());
    }
  }

  private static void in3(float[] from, View view, float[] arena) {
    int plane = view.height() * view.width();
    int width = view.width();
    int pixel = view.pixel();
    for (int row = 0; row < view.height(); row++) {
      int source = row * width;
      int target = view.offset() + row * view.line();
      for (int column = 0; column < width; column++) {
        arena[target + column * pixel] = from[source + column];
        arena[target + column * pixel + 1] = from[source + column + plane];
        arena[target + column * pixel + 2] = from[source + column + 2 * plane];
      }
    }
  }

  private static void inOne(float[] from, int channel, View view, float[] arena) {
    int width = view.width();
    int pixel = view.pixel();
    for (int row = 0; row < view.height(); row++) {
      int source = (channel * view.height() + row) * width;
      int target = view.offset() + row * view.line() + channel;
      for (int column = 0; column < width; column++) {
        arena[target + column * pixel] = from[source + column];
      }
    }
  }

  private static void outOne(float[] arena, int channel, View view, float[] to) {
    int width = view.width();
    int pixel = view.pixel();
    for (int row = 0; row < view.height(); row++) {
      int source = view.offset() + row * view.line() + channel;
      int target = (channel * view.height() + row) * width;
      for (int column = 0; column < width; column++) {
        to[target + column] = arena[source + column * pixel];
      }
    }
  }
}
