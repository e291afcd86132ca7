package dev.cnnc.compiler.emit.kernel;

/** Pictures read at computed places: vectors over channels. */
final class SampleKernel {

  private SampleKernel() {}

  static KernelText text() {
    return KernelText.plain(
        Entry.of(
            "sample", Parameter.read("x", 0), Parameter.read("places", 1), Parameter.write("y")),
        """
        Every pixel is the sum of the four pixels of x around its place, each times how near it is.
        What lies beyond x, or has no weight, is not read.
        """,
        """
        final float[] arena = this.arena;
        for (int row = from; row < upTo; row++) {
          for (int column = 0; column < y.width(); column++) {
            int place = places.offset() + row * places.line() + column * places.pixel();
            float right = arena[place];
            float down = arena[place + 1];
            int left = (int) Math.floor(right);
            int top = (int) Math.floor(down);
            int y0 = y.offset() + row * y.line() + column * y.pixel();
            for (int c = 0; c < y.channels(); c += $L) {
              V sum = @broadcast(0f);
              for (int i = Math.max(top, 0); i <= top + 1 && i < x.height(); i++) {
                float high = 1f - Math.abs(down - i);
                for (int j = Math.max(left, 0); j <= left + 1 && j < x.width(); j++) {
                  float weight = high * (1f - Math.abs(right - j));
                  if (weight != 0f) {
                    int at = x.offset() + i * x.line() + j * x.pixel() + c;
                    sum = @fma(@load(arena, at), @broadcast(weight), sum);
                  }
                }
              }
              @store(sum, arena, y0 + c);
            }
          }
        }
        """);
  }
}
