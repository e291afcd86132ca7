package dev.cnnc.examples;

import dev.cnnc.runtime.Fma;
import dev.cnnc.runtime.Kernels;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.Window;
import dev.cnnc.runtime.weights.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The kernels of {@link Lenet5}: what its layers call, and a class for each width of vectors. */
interface Lenet5Kernels extends Kernels {
  /** Those for vectors of {@code lanes} floats; {@code packed} is what weights are packed for. */
  static Lenet5Kernels of(int lanes, int packed, float[] arena, float[] weights, int scratch,
      int workers) {
    switch (lanes) {
      case 16 -> {
        return new Simd512(arena, weights, scratch, workers);
      }
      case 8 -> {
        return new Simd256(arena, weights, scratch, workers);
      }
      case 4 -> {
        return new Simd128(arena, weights, scratch, workers);
      }
      default -> {
        return new Scalar(arena, weights, scratch, workers, packed);
      }
    }
  }

  /** Zeros around y, where other values lay before. */
  void clearHalo(View y, int top, int left, int bottom, int right);

  /**
   * Rows {@code from} to {@code upTo} of a conv of few channels to few outputs, all planar;
   * {@code band} of them are computed before they are activated.
   */
  void planarConvOf6Tanh(View x, Window window, int band, int w, int bias, View y, int from,
      int upTo, int worker);

  /** Rows {@code from} to {@code upTo} of a pool of planar values, all channels. */
  void planarAveragePool2x2By2(View x, Window window, View y, int from, int upTo);

  /**
   * Rows {@code from} to {@code upTo} of a conv of few planar channels to a vector of outputs:
   * {@code y[p][k] = bias[k] + sum of x[c][p + i] * w[k][c][i]}, channel by channel.
   */
  void convOfStrips10x5(View x, Window window, int w, int bias, View residual, View y,
      Lenet5.Finish finish, int from, int upTo, int worker);

  /**
   * Rows {@code from} to {@code upTo} of an average pool; zeros of the padding count if {@code
   * countPadding}.
   */
  void averagePool(View x, Window window, boolean countPadding, View y, int from, int upTo);

  /**
   * Blocks {@code from} to {@code upTo} of 128 outputs of an fc, a conv whose window is all of
   * x: {@code y[k] = bias[k] + sum of x[i][c] * w[k][i][c]}, then what {@code finish} says.
   */
  void fc(View x, Window window, int w, int bias, View residual, View y, Lenet5.Finish finish,
      int from, int upTo, int worker);

  /** What needs no vectors. */
  abstract class Common implements Lenet5Kernels {
    /** Output pixels of most blocks. */
    static final int BLOCK = 120;

    /** Output pixels of the largest block. */
    static final int PLACES = 240;

    /** Output pixels that threads share convs in. */
    static final int UNIT = 24;

    /** Where the list of runs or reads begins. */
    static final int SEGMENTS = 720;

    /** Floats of scratch for each worker. */
    static final int SCRATCH = 1920;
    final float[] arena;
    final float[] weights;
    final int scratch;

    /** Whether kernels with vectors return at once. */
    boolean idle;

    /** For each worker: places of a block's windows, results, residuals; of runs or reads. */
    final int[][] at;

    Common(float[] arena, float[] weights, int scratch, int workers) {
      this.arena = arena;
      this.weights = weights;
      this.scratch = scratch;
      this.at = new int[workers][SEGMENTS + 150];
    }

    @Override
    public void idle(boolean idle) {
      this.idle = idle;
    }

    @Override
    public void clearHalo(View y, int top, int left, int bottom, int right) {
      int planes = y.plane() == 1 ? 1 : y.channels();
      int width = y.width() * y.pixel();
      for (int plane = 0; plane < planes; plane++) {
        int start = y.offset() + plane * y.plane() - left * y.pixel();
        Arrays.fill(arena, start - top * y.line(), start, 0f);
        for (int row = 0; row < y.height(); row++) {
          int line = start + row * y.line();
          Arrays.fill(arena, line, line + left * y.pixel(), 0f);
          int end = line + left * y.pixel() + width;
          Arrays.fill(arena, end, end + right * y.pixel(), 0f);
        }
        int below = start + y.height() * y.line();
        Arrays.fill(arena, below, below + bottom * y.line(), 0f);
      }
    }

    /**
     * Lists what a window reads: the first {@code channels} of each of its pixels. Returns how
     * many.
     */
    final int list(View x, Window window, int channels, int[] at) {
      int reads = 0;
      for (int row = 0; row < window.height(); row++) {
        for (int column = 0; column < window.width(); column++) {
          int pixel =
              row * window.dilationHeight() * x.line()
                  + column * window.dilationWidth() * x.pixel();
          for (int channel = 0; channel < channels; channel++) {
            at[SEGMENTS + reads++] = pixel + channel * x.plane();
          }
        }
      }
      return reads;
    }

    /**
     * Lists where the windows, results and residuals of {@code count} output pixels lie, counted
     * from pixel {@code first} of row {@code from}; the last one again up to a whole tile. The
     * window of the first pixel of all begins at {@code corner}.
     */
    final void locate(int corner, int line, int pixel, Window window, View residual, View y,
        int from, int first, int count, int[] at) {
      int row = from + first / y.width();
      int column = first % y.width();
      int listed = Math.min(PLACES, count + UNIT);
      for (int i = 0; i < listed; i++) {
        at[i] =
            corner
                + row * window.strideHeight() * line
                + column * window.strideWidth() * pixel;
        at[PLACES + i] = y.offset() + row * y.line() + column * y.pixel();
        at[2 * PLACES + i] = residual.offset() + row * residual.line() + column * residual.pixel();
        if (i < count - 1 && ++column == y.width()) {
          column = 0;
          row++;
        }
      }
    }

    /** Lists what a window reads, channel by channel. Returns how many. */
    final int listByChannels(View x, Window window, int[] at) {
      int reads = 0;
      for (int channel = 0; channel < x.channels(); channel++) {
        for (int row = 0; row < window.height(); row++) {
          int line = channel * x.plane() + row * window.dilationHeight() * x.line();
          for (int column = 0; column < window.width(); column++) {
            at[SEGMENTS + reads++] = line + column;
          }
        }
      }
      return reads;
    }

    /** The first position of a window at {@code place} that is not before the picture. */
    static int start(int place, int dilation) {
      return place >= 0 ? 0 : (dilation - 1 - place) / dilation;
    }

    /** Behind the last position of a window of {@code size} that lies before {@code limit}. */
    static int end(int place, int dilation, int limit, int size) {
      return Math.min(size, (limit - place + dilation - 1) / dilation);
    }

    /**
     * Lists where the runs of a window begin: one for each of its rows if its channels lie side
     * by side there, else one for each position; one in all if rows do too. Returns their
     * number.
     */
    final int segment(int line, int pixel, int channels, Window window, int[] at) {
      boolean joined = pixel == channels && window.dilationWidth() == 1;
      boolean flat =
          joined && window.dilationHeight() == 1 && line == window.width() * pixel;
      int rows = flat ? 1 : window.height();
      int columns = joined ? 1 : window.width();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          at[SEGMENTS + row * columns + column] =
              row * window.dilationHeight() * line + column * window.dilationWidth() * pixel;
        }
      }
      return rows * columns;
    }
  }

  /** Kernels for vectors of 16 floats. */
  final class Simd512 extends Common {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

    private static final VectorShuffle<Float> EVERY_SECOND =
        VectorShuffle.fromOp(S, lane -> 2 * lane % S.length());

    private static final VectorMask<Float> UPPER_HALF =
        VectorMask.fromLong(S, -1L << S.length() / 2);

    Simd512(float[] arena, float[] weights, int scratch, int workers) {
      super(arena, weights, scratch, workers);
    }

    @Override
    public void planarConvOf6Tanh(View x, Window window, int band, int w, int bias, View y,
        int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int reads = list(x, window, x.channels(), at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int last = y.width() - 16;
      for (int first = from; first < upTo; first += band) {
        int end = Math.min(first + band, upTo);
        for (int row = first; row < end; row += 2) {
          int down = row + 1 < end ? 1 : 0;
          for (int column = 0; column < y.width(); column += 16) {
            int start = Math.min(column, last);
            int x0 = corner + row * window.strideHeight() * x.line() + start;
            int x1 = x0 + down * window.strideHeight() * x.line();
            int y0 = y.offset() + row * y.line() + start;
            int y1 = y0 + down * y.line();
            planarRowsOf6(at, reads, x0, x1, w, bias, y0, y1, y.plane());
          }
        }
        int rows = y.line() == y.width() ? end - first : 1;
        for (int channel = 0; channel < y.channels(); channel++) {
          int y0 = y.offset() + channel * y.plane();
          for (int row = first; row < end; row += rows) {
            tanhAlong(y0 + row * y.line(), rows * y.width());
          }
        }
      }
    }

    /** A vector of each of two rows, 6 outputs. */
    final void planarRowsOf6(int[] at, int reads, int x0, int x1, int w, int bias, int y0, int y1,
        int plane) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector sum0_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum1_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum0_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum1_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum0_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum1_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum0_3 = FloatVector.broadcast(S, weights[bias + 3]);
      FloatVector sum1_3 = FloatVector.broadcast(S, weights[bias + 3]);
      FloatVector sum0_4 = FloatVector.broadcast(S, weights[bias + 4]);
      FloatVector sum1_4 = FloatVector.broadcast(S, weights[bias + 4]);
      FloatVector sum0_5 = FloatVector.broadcast(S, weights[bias + 5]);
      FloatVector sum1_5 = FloatVector.broadcast(S, weights[bias + 5]);
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        FloatVector v0 = FloatVector.fromArray(S, arena, x0 + read);
        FloatVector v1 = FloatVector.fromArray(S, arena, x1 + read);
        FloatVector w0 = FloatVector.broadcast(S, weights[w + c * 16 + 0]);
        sum0_0 = v0.fma(w0, sum0_0);
        sum1_0 = v1.fma(w0, sum1_0);
        FloatVector w1 = FloatVector.broadcast(S, weights[w + c * 16 + 1]);
        sum0_1 = v0.fma(w1, sum0_1);
        sum1_1 = v1.fma(w1, sum1_1);
        FloatVector w2 = FloatVector.broadcast(S, weights[w + c * 16 + 2]);
        sum0_2 = v0.fma(w2, sum0_2);
        sum1_2 = v1.fma(w2, sum1_2);
        FloatVector w3 = FloatVector.broadcast(S, weights[w + c * 16 + 3]);
        sum0_3 = v0.fma(w3, sum0_3);
        sum1_3 = v1.fma(w3, sum1_3);
        FloatVector w4 = FloatVector.broadcast(S, weights[w + c * 16 + 4]);
        sum0_4 = v0.fma(w4, sum0_4);
        sum1_4 = v1.fma(w4, sum1_4);
        FloatVector w5 = FloatVector.broadcast(S, weights[w + c * 16 + 5]);
        sum0_5 = v0.fma(w5, sum0_5);
        sum1_5 = v1.fma(w5, sum1_5);
      }
      sum0_0.intoArray(arena, y0 + 0 * plane);
      sum1_0.intoArray(arena, y1 + 0 * plane);
      sum0_1.intoArray(arena, y0 + 1 * plane);
      sum1_1.intoArray(arena, y1 + 1 * plane);
      sum0_2.intoArray(arena, y0 + 2 * plane);
      sum1_2.intoArray(arena, y1 + 2 * plane);
      sum0_3.intoArray(arena, y0 + 3 * plane);
      sum1_3.intoArray(arena, y1 + 3 * plane);
      sum0_4.intoArray(arena, y0 + 4 * plane);
      sum1_4.intoArray(arena, y1 + 4 * plane);
      sum0_5.intoArray(arena, y0 + 5 * plane);
      sum1_5.intoArray(arena, y1 + 5 * plane);
    }

    /** The activation {@code tanh} of a vector of floats or more, in place. */
    final void tanhAlong(int y, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int end = floats - 16;
      // tanh
      FloatVector x_2 = FloatVector.fromArray(S, arena, y + end);
      FloatVector atMost_2 =
          x_2.blend(7.99881172180175781f, x_2.compare(VectorOperators.GT, 7.99881172180175781f));
      FloatVector t_2 =
          atMost_2.blend(-7.99881172180175781f,
          atMost_2.compare(VectorOperators.LT, -7.99881172180175781f));
      FloatVector s_2 = t_2.mul(t_2);
      FloatVector p_2 = FloatVector.broadcast(S, -2.76076847742355e-16f);
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 2.00018790482477e-13f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, -8.60467152213735e-11f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 5.12229709037114e-08f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 1.48572235717979e-05f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 6.37261928875436e-04f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 4.89352455891786e-03f));
      FloatVector q_2 = FloatVector.broadcast(S, 1.19825839466702e-06f);
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 1.18534705686654e-04f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 2.26843463243900e-03f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 4.89352518554385e-03f));
      FloatVector last = t_2.mul(p_2).div(q_2);
      for (int i = 0; i < end; i += 16) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, y + i);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + i);
      }
      last.intoArray(arena, y + end);
    }

    @Override
    public void planarAveragePool2x2By2(View x, Window window, View y, int from, int upTo) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int below = window.dilationHeight() * x.line();
      for (int channel = 0; channel < y.channels(); channel++) {
        for (int row = from; row < upTo; row++) {
          int line = x.offset() + channel * x.plane() + row * window.strideHeight() * x.line();
          int y0 = y.offset() + channel * y.plane() + row * y.line();
          int column = 0;
          for (; column <= y.width() - 16; column += 16) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 16);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 17));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 16));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 17));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column);
          }
          if (column < y.width()) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 16);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 17));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 16));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 17));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column, S.indexInRange(0, y.width() - column));
          }
        }
      }
    }

    @Override
    public void convOfStrips10x5(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int reads = listByChannels(x, window, at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int band = BLOCK / y.width();
      for (int first = from; first < upTo; first += band) {
        int count = Math.min(band, upTo - first) * y.width();
        locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
        for (int row = 0; row < count; row += y.width()) {
          for (int column = 0; column < y.width(); column += 10) {
            int p = row + Math.min(column, y.width() - 10);
            strip10x5(at, at[p], reads, w, bias, sums + p * 16);
          }
        }
        finish(finish, at, 0, 0, count, 16, sums);
      }
    }

    /** 10 pixels of a row by a vector of outputs, over all the rows that their windows see. */
    final void strip10x5(int[] at, int x, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector y0 = FloatVector.fromArray(S, weights, bias);
      FloatVector y1 = FloatVector.fromArray(S, weights, bias);
      FloatVector y2 = FloatVector.fromArray(S, weights, bias);
      FloatVector y3 = FloatVector.fromArray(S, weights, bias);
      FloatVector y4 = FloatVector.fromArray(S, weights, bias);
      FloatVector y5 = FloatVector.fromArray(S, weights, bias);
      FloatVector y6 = FloatVector.fromArray(S, weights, bias);
      FloatVector y7 = FloatVector.fromArray(S, weights, bias);
      FloatVector y8 = FloatVector.fromArray(S, weights, bias);
      FloatVector y9 = FloatVector.fromArray(S, weights, bias);
      for (int c = 0; c < reads; c += 5) {
        int row = x + at[SEGMENTS + c];
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        FloatVector w1 = FloatVector.fromArray(S, weights, w + c * 16 + 16);
        FloatVector w2 = FloatVector.fromArray(S, weights, w + c * 16 + 32);
        FloatVector w3 = FloatVector.fromArray(S, weights, w + c * 16 + 48);
        FloatVector w4 = FloatVector.fromArray(S, weights, w + c * 16 + 64);
        FloatVector v0 = FloatVector.broadcast(S, arena[row + 0]);
        y0 = v0.fma(w0, y0);
        FloatVector v1 = FloatVector.broadcast(S, arena[row + 1]);
        y1 = v1.fma(w0, y1);
        y0 = v1.fma(w1, y0);
        FloatVector v2 = FloatVector.broadcast(S, arena[row + 2]);
        y2 = v2.fma(w0, y2);
        y1 = v2.fma(w1, y1);
        y0 = v2.fma(w2, y0);
        FloatVector v3 = FloatVector.broadcast(S, arena[row + 3]);
        y3 = v3.fma(w0, y3);
        y2 = v3.fma(w1, y2);
        y1 = v3.fma(w2, y1);
        y0 = v3.fma(w3, y0);
        FloatVector v4 = FloatVector.broadcast(S, arena[row + 4]);
        y4 = v4.fma(w0, y4);
        y3 = v4.fma(w1, y3);
        y2 = v4.fma(w2, y2);
        y1 = v4.fma(w3, y1);
        y0 = v4.fma(w4, y0);
        FloatVector v5 = FloatVector.broadcast(S, arena[row + 5]);
        y5 = v5.fma(w0, y5);
        y4 = v5.fma(w1, y4);
        y3 = v5.fma(w2, y3);
        y2 = v5.fma(w3, y2);
        y1 = v5.fma(w4, y1);
        FloatVector v6 = FloatVector.broadcast(S, arena[row + 6]);
        y6 = v6.fma(w0, y6);
        y5 = v6.fma(w1, y5);
        y4 = v6.fma(w2, y4);
        y3 = v6.fma(w3, y3);
        y2 = v6.fma(w4, y2);
        FloatVector v7 = FloatVector.broadcast(S, arena[row + 7]);
        y7 = v7.fma(w0, y7);
        y6 = v7.fma(w1, y6);
        y5 = v7.fma(w2, y5);
        y4 = v7.fma(w3, y4);
        y3 = v7.fma(w4, y3);
        FloatVector v8 = FloatVector.broadcast(S, arena[row + 8]);
        y8 = v8.fma(w0, y8);
        y7 = v8.fma(w1, y7);
        y6 = v8.fma(w2, y6);
        y5 = v8.fma(w3, y5);
        y4 = v8.fma(w4, y4);
        FloatVector v9 = FloatVector.broadcast(S, arena[row + 9]);
        y9 = v9.fma(w0, y9);
        y8 = v9.fma(w1, y8);
        y7 = v9.fma(w2, y7);
        y6 = v9.fma(w3, y6);
        y5 = v9.fma(w4, y5);
        FloatVector v10 = FloatVector.broadcast(S, arena[row + 10]);
        y9 = v10.fma(w1, y9);
        y8 = v10.fma(w2, y8);
        y7 = v10.fma(w3, y7);
        y6 = v10.fma(w4, y6);
        FloatVector v11 = FloatVector.broadcast(S, arena[row + 11]);
        y9 = v11.fma(w2, y9);
        y8 = v11.fma(w3, y8);
        y7 = v11.fma(w4, y7);
        FloatVector v12 = FloatVector.broadcast(S, arena[row + 12]);
        y9 = v12.fma(w3, y9);
        y8 = v12.fma(w4, y8);
        FloatVector v13 = FloatVector.broadcast(S, arena[row + 13]);
        y9 = v13.fma(w4, y9);
      }
      y0.intoArray(arena, sums + 0);
      y1.intoArray(arena, sums + 16);
      y2.intoArray(arena, sums + 32);
      y3.intoArray(arena, sums + 48);
      y4.intoArray(arena, sums + 64);
      y5.intoArray(arena, sums + 80);
      y6.intoArray(arena, sums + 96);
      y7.intoArray(arena, sums + 112);
      y8.intoArray(arena, sums + 128);
      y9.intoArray(arena, sums + 144);
    }

    /** What a layer does to the sums of {@code pixels} pixels by {@code width} outputs. */
    final void finish(Lenet5.Finish finish, int[] at, int p, int k, int pixels, int width,
        int sums) {
      int last = p + pixels - 1;
      int reach = (pixels - 1) * width;
      if (at[PLACES + last] - at[PLACES + p] == reach
          && at[2 * PLACES + last] - at[2 * PLACES + p] == reach) {
        finishDense(finish, at[PLACES + p] + k, at[2 * PLACES + p] + k, sums, reach + width);
        return;
      }
      switch (finish) {
        case TANH -> finishTanh(at, p, k, pixels, width, sums);
        case STORE -> finishStore(at, p, k, pixels, width, sums);
      }
    }

    /** Stores the sums of a tile, through {@code tanh}. */
    final void finishTanh(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 16) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          // tanh
          FloatVector atMost_1 =
              sum.blend(7.99881172180175781f,
              sum.compare(VectorOperators.GT, 7.99881172180175781f));
          FloatVector t_1 =
              atMost_1.blend(-7.99881172180175781f,
              atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
          FloatVector s_1 = t_1.mul(t_1);
          FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
          FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
          FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
          tanh_1.intoArray(arena, y + j);
        }
      }
    }

    /** Stores the sums of a tile. */
    final void finishStore(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      if (width == 64) {
        for (int i = 0; i < pixels; i++) {
          int s = sums + i * width;
          int y = at[PLACES + p + i] + k;
          FloatVector y0 = FloatVector.fromArray(S, arena, s);
          FloatVector y1 = FloatVector.fromArray(S, arena, s + 16);
          FloatVector y2 = FloatVector.fromArray(S, arena, s + 32);
          FloatVector y3 = FloatVector.fromArray(S, arena, s + 48);
          y0.intoArray(arena, y);
          y1.intoArray(arena, y + 16);
          y2.intoArray(arena, y + 32);
          y3.intoArray(arena, y + 48);
        }
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 16) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          sum.intoArray(arena, y + j);
        }
      }
    }

    /** What a layer does to sums that lie side by side, as results and residuals do. */
    final void finishDense(Lenet5.Finish finish, int y, int r, int sums, int floats) {
      switch (finish) {
        case TANH -> finishTanhDense(y, r, sums, floats);
        case STORE -> finishStoreDense(y, r, sums, floats);
      }
    }

    /** As {@code finishTanh}, for sums and results side by side. */
    final void finishTanhDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 16) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, sums + j);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + j);
      }
    }

    /** As {@code finishStore}, for sums and results side by side. */
    final void finishStoreDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 16) {
        FloatVector.fromArray(S, arena, sums + j).intoArray(arena, y + j);
      }
    }

    @Override
    public void averagePool(View x, Window window, boolean countPadding, View y, int from,
        int upTo) {
      if (idle) {
        return;
      }
      for (int row = from; row < upTo; row++) {
        int top = row * window.strideHeight() - window.top();
        int i0 = start(top, window.dilationHeight());
        int i1 = end(top, window.dilationHeight(), x.height(), window.height());
        for (int column = 0; column < y.width(); column++) {
          int left = column * window.strideWidth() - window.left();
          int j0 = start(left, window.dilationWidth());
          int j1 = end(left, window.dilationWidth(), x.width(), window.width());
          int x0 = x.offset() + top * x.line() + left * x.pixel();
          int y0 = y.offset() + row * y.line() + column * y.pixel();
          int counted = (i1 - i0) * (j1 - j0);
          if (countPadding) {
            int below = x.height() + window.bottom();
            int beyond = x.width() + window.right();
            counted =
                end(top, window.dilationHeight(), below, window.height())
                    * end(left, window.dilationWidth(), beyond, window.width());
          }
          int c = 0;
          for (; c < y.channels() - 3 * 16; c += 4 * 16) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            FloatVector sum1 = FloatVector.broadcast(S, 0f);
            FloatVector sum2 = FloatVector.broadcast(S, 0f);
            FloatVector sum3 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 16));
                sum1 = sum1.add(FloatVector.fromArray(S, arena, at + 1 * 16));
                sum2 = sum2.add(FloatVector.fromArray(S, arena, at + 2 * 16));
                sum3 = sum3.add(FloatVector.fromArray(S, arena, at + 3 * 16));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 16);
            sum1.div(counted).intoArray(arena, y0 + c + 1 * 16);
            sum2.div(counted).intoArray(arena, y0 + c + 2 * 16);
            sum3.div(counted).intoArray(arena, y0 + c + 3 * 16);
          }
          for (; c < y.channels(); c += 16) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 16));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 16);
          }
        }
      }
    }

    @Override
    public void fc(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
      int reduction = window.taps() * x.channels();
      int run = reduction / segments;
      int to = Math.min(upTo * 128, (y.channels() + 15) & -16);
      int count = 1;
      at[0] = x.offset();
      at[PLACES] = y.offset();
      at[2 * PLACES] = residual.offset();
      int k = from * 128;
      for (; k + 128 <= to; k += 128) {
        panelsOfFour(at[0], at, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
      for (; k + 32 <= to; k += 32) {
        panel1x2(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
      for (; k + 16 <= to; k += 16) {
        panel1x1(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
    }

    /** All pixels of a block, 32 outputs from k on. */
    final void panel1x2(int[] at, int count, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x2(at, first, unit, at[SEGMENTS], run, w, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x2(at, first, unit, at[SEGMENTS + s], run, w + s * run * 32, sums, sums);
        }
        finish(finish, at, first, k, unit, 32, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 32 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x2(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x2(at, first + p, segment, run, w, from, sums + p * 32);
      }
    }

    /**
     * 1 pixel by 2 vectors of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x2(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector b0 = FloatVector.fromArray(S, weights, from + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, from + 16);
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 16);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      for (int c = 1; c < run; c++) {
        w0 = FloatVector.fromArray(S, weights, w + c * 32 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 32 + 16);
        v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 16);
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 32 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x2(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x2(at, first + p, segment, run, w, from + p * 32, sums + p * 32);
      }
    }

    /**
     * 1 pixel by 2 vectors of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x2(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector y0_0 = FloatVector.fromArray(S, arena, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, arena, from + 16);
      for (int c = 0; c < run; c++) {
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 32 + 0);
        FloatVector w1 = FloatVector.fromArray(S, weights, w + c * 32 + 16);
        FloatVector v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 16);
    }

    /** All pixels of a block, 16 outputs from k on. */
    final void panel1x1(int[] at, int count, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x1(at, first, unit, at[SEGMENTS], run, w, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x1(at, first, unit, at[SEGMENTS + s], run, w + s * run * 16, sums, sums);
        }
        finish(finish, at, first, k, unit, 16, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x1(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x1(at, first + p, segment, run, w, from, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 1 vector of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x1(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector b0 = FloatVector.fromArray(S, weights, from + 0);
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0]);
      FloatVector y0_0 = v0.fma(w0, b0);
      for (int c = 1; c < run; c++) {
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
      }
      y0_0.intoArray(arena, sums + 0);
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x1(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x1(at, first + p, segment, run, w, from + p * 16, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 1 vector of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x1(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector y0_0 = FloatVector.fromArray(S, arena, from + 0);
      for (int c = 0; c < run; c++) {
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        FloatVector v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
      }
      y0_0.intoArray(arena, sums + 0);
    }

    /** 128 outputs of an fc from k on, in four panels. */
    final void panelsOfFour(int x, int[] at, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int apart = segments * run * 32;
      gemmOfFour(x + at[SEGMENTS], run, w, apart, weights, bias, sums);
      for (int s = 1; s < segments; s++) {
        gemmOfFour(x + at[SEGMENTS + s], run, w + s * run * 32, apart, arena, sums, sums);
      }
      finish(finish, at, 0, k, 1, 128, sums);
    }

    /**
     * One pixel, four panels of outputs, {@code apart} floats of weights from one to the next:
     * {@code sums[k] = start[from + k] + sum of x[c] * w[c][k]} over a run of channels, in
     * order.
     */
    final void gemmOfFour(int x, int run, int w, int apart, float[] start, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int w0 = w + 0 * apart;
      FloatVector y0_0 = FloatVector.fromArray(S, start, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, start, from + 16);
      int w1 = w + 1 * apart;
      FloatVector y1_0 = FloatVector.fromArray(S, start, from + 32);
      FloatVector y1_1 = FloatVector.fromArray(S, start, from + 48);
      int w2 = w + 2 * apart;
      FloatVector y2_0 = FloatVector.fromArray(S, start, from + 64);
      FloatVector y2_1 = FloatVector.fromArray(S, start, from + 80);
      int w3 = w + 3 * apart;
      FloatVector y3_0 = FloatVector.fromArray(S, start, from + 96);
      FloatVector y3_1 = FloatVector.fromArray(S, start, from + 112);
      for (int c = 0; c < run; c++) {
        FloatVector x0 = FloatVector.broadcast(S, arena[x + c]);
        y0_0 = x0.fma(FloatVector.fromArray(S, weights, w0 + c * 32 + 0), y0_0);
        y0_1 = x0.fma(FloatVector.fromArray(S, weights, w0 + c * 32 + 16), y0_1);
        y1_0 = x0.fma(FloatVector.fromArray(S, weights, w1 + c * 32 + 0), y1_0);
        y1_1 = x0.fma(FloatVector.fromArray(S, weights, w1 + c * 32 + 16), y1_1);
        y2_0 = x0.fma(FloatVector.fromArray(S, weights, w2 + c * 32 + 0), y2_0);
        y2_1 = x0.fma(FloatVector.fromArray(S, weights, w2 + c * 32 + 16), y2_1);
        y3_0 = x0.fma(FloatVector.fromArray(S, weights, w3 + c * 32 + 0), y3_0);
        y3_1 = x0.fma(FloatVector.fromArray(S, weights, w3 + c * 32 + 16), y3_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 16);
      y1_0.intoArray(arena, sums + 32);
      y1_1.intoArray(arena, sums + 48);
      y2_0.intoArray(arena, sums + 64);
      y2_1.intoArray(arena, sums + 80);
      y3_0.intoArray(arena, sums + 96);
      y3_1.intoArray(arena, sums + 112);
    }
  }

  /** Kernels for vectors of 8 floats. */
  final class Simd256 extends Common {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

    private static final VectorShuffle<Float> EVERY_SECOND =
        VectorShuffle.fromOp(S, lane -> 2 * lane % S.length());

    private static final VectorMask<Float> UPPER_HALF =
        VectorMask.fromLong(S, -1L << S.length() / 2);

    Simd256(float[] arena, float[] weights, int scratch, int workers) {
      super(arena, weights, scratch, workers);
    }

    @Override
    public void planarConvOf6Tanh(View x, Window window, int band, int w, int bias, View y,
        int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int reads = list(x, window, x.channels(), at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int last = y.width() - 8;
      for (int first = from; first < upTo; first += band) {
        int end = Math.min(first + band, upTo);
        for (int row = first; row < end; row += 2) {
          int down = row + 1 < end ? 1 : 0;
          for (int column = 0; column < y.width(); column += 8) {
            int start = Math.min(column, last);
            int x0 = corner + row * window.strideHeight() * x.line() + start;
            int x1 = x0 + down * window.strideHeight() * x.line();
            int y0 = y.offset() + row * y.line() + start;
            int y1 = y0 + down * y.line();
            planarRowsOf4(at, reads, x0, x1, w, bias, y0, y1, y.plane());
            planarRowsOf2(at, reads, x0, x1, w + 4, bias + 4, y0 + 4 * y.plane(), y1
                + 4 * y.plane(), y.plane());
          }
        }
        int rows = y.line() == y.width() ? end - first : 1;
        for (int channel = 0; channel < y.channels(); channel++) {
          int y0 = y.offset() + channel * y.plane();
          for (int row = first; row < end; row += rows) {
            tanhAlong(y0 + row * y.line(), rows * y.width());
          }
        }
      }
    }

    /** A vector of each of two rows, 4 outputs. */
    final void planarRowsOf4(int[] at, int reads, int x0, int x1, int w, int bias, int y0, int y1,
        int plane) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector sum0_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum1_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum0_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum1_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum0_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum1_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum0_3 = FloatVector.broadcast(S, weights[bias + 3]);
      FloatVector sum1_3 = FloatVector.broadcast(S, weights[bias + 3]);
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        FloatVector v0 = FloatVector.fromArray(S, arena, x0 + read);
        FloatVector v1 = FloatVector.fromArray(S, arena, x1 + read);
        FloatVector w0 = FloatVector.broadcast(S, weights[w + c * 16 + 0]);
        sum0_0 = v0.fma(w0, sum0_0);
        sum1_0 = v1.fma(w0, sum1_0);
        FloatVector w1 = FloatVector.broadcast(S, weights[w + c * 16 + 1]);
        sum0_1 = v0.fma(w1, sum0_1);
        sum1_1 = v1.fma(w1, sum1_1);
        FloatVector w2 = FloatVector.broadcast(S, weights[w + c * 16 + 2]);
        sum0_2 = v0.fma(w2, sum0_2);
        sum1_2 = v1.fma(w2, sum1_2);
        FloatVector w3 = FloatVector.broadcast(S, weights[w + c * 16 + 3]);
        sum0_3 = v0.fma(w3, sum0_3);
        sum1_3 = v1.fma(w3, sum1_3);
      }
      sum0_0.intoArray(arena, y0 + 0 * plane);
      sum1_0.intoArray(arena, y1 + 0 * plane);
      sum0_1.intoArray(arena, y0 + 1 * plane);
      sum1_1.intoArray(arena, y1 + 1 * plane);
      sum0_2.intoArray(arena, y0 + 2 * plane);
      sum1_2.intoArray(arena, y1 + 2 * plane);
      sum0_3.intoArray(arena, y0 + 3 * plane);
      sum1_3.intoArray(arena, y1 + 3 * plane);
    }

    /** A vector of each of two rows, 2 outputs. */
    final void planarRowsOf2(int[] at, int reads, int x0, int x1, int w, int bias, int y0, int y1,
        int plane) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector sum0_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum1_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum0_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum1_1 = FloatVector.broadcast(S, weights[bias + 1]);
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        FloatVector v0 = FloatVector.fromArray(S, arena, x0 + read);
        FloatVector v1 = FloatVector.fromArray(S, arena, x1 + read);
        FloatVector w0 = FloatVector.broadcast(S, weights[w + c * 16 + 0]);
        sum0_0 = v0.fma(w0, sum0_0);
        sum1_0 = v1.fma(w0, sum1_0);
        FloatVector w1 = FloatVector.broadcast(S, weights[w + c * 16 + 1]);
        sum0_1 = v0.fma(w1, sum0_1);
        sum1_1 = v1.fma(w1, sum1_1);
      }
      sum0_0.intoArray(arena, y0 + 0 * plane);
      sum1_0.intoArray(arena, y1 + 0 * plane);
      sum0_1.intoArray(arena, y0 + 1 * plane);
      sum1_1.intoArray(arena, y1 + 1 * plane);
    }

    /** The activation {@code tanh} of a vector of floats or more, in place. */
    final void tanhAlong(int y, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int end = floats - 8;
      // tanh
      FloatVector x_2 = FloatVector.fromArray(S, arena, y + end);
      FloatVector atMost_2 =
          x_2.blend(7.99881172180175781f, x_2.compare(VectorOperators.GT, 7.99881172180175781f));
      FloatVector t_2 =
          atMost_2.blend(-7.99881172180175781f,
          atMost_2.compare(VectorOperators.LT, -7.99881172180175781f));
      FloatVector s_2 = t_2.mul(t_2);
      FloatVector p_2 = FloatVector.broadcast(S, -2.76076847742355e-16f);
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 2.00018790482477e-13f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, -8.60467152213735e-11f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 5.12229709037114e-08f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 1.48572235717979e-05f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 6.37261928875436e-04f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 4.89352455891786e-03f));
      FloatVector q_2 = FloatVector.broadcast(S, 1.19825839466702e-06f);
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 1.18534705686654e-04f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 2.26843463243900e-03f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 4.89352518554385e-03f));
      FloatVector last = t_2.mul(p_2).div(q_2);
      for (int i = 0; i < end; i += 8) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, y + i);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + i);
      }
      last.intoArray(arena, y + end);
    }

    @Override
    public void planarAveragePool2x2By2(View x, Window window, View y, int from, int upTo) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int below = window.dilationHeight() * x.line();
      for (int channel = 0; channel < y.channels(); channel++) {
        for (int row = from; row < upTo; row++) {
          int line = x.offset() + channel * x.plane() + row * window.strideHeight() * x.line();
          int y0 = y.offset() + channel * y.plane() + row * y.line();
          int column = 0;
          for (; column <= y.width() - 8; column += 8) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 8);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 9));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 8));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 9));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column);
          }
          if (column < y.width()) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 8);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 9));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 8));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 9));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column, S.indexInRange(0, y.width() - column));
          }
        }
      }
    }

    @Override
    public void convOfStrips10x5(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int reads = listByChannels(x, window, at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int to = 16;
      int band = BLOCK / y.width();
      for (int first = from; first < upTo; first += band) {
        int count = Math.min(band, upTo - first) * y.width();
        locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
        int k = 0;
        for (; k + 16 <= to; k += 16) {
          listedPanel6x2(at, count, reads, w + k * reads, bias + k, k, finish, sums);
        }
      }
    }

    /** All pixels of a block, 16 outputs from k on. */
    final void listedPanel6x2(int[] at, int count, int reads, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        listedMultiply6x2(at, first, unit, reads, w, bias, sums);
        finish(finish, at, first, k, unit, 16, sums);
      }
    }

    /** The sums of {@code count} pixels, listed from {@code first} on, and 16 outputs. */
    final void listedMultiply6x2(int[] at, int first, int count, int reads, int w, int bias,
        int sums) {
      int p = 0;
      for (; p + 4 < count && p + 8 != count && p + 13 != count; p += 6) {
        listedGemm6x2(at, first + p, reads, w, bias, sums + p * 16);
      }
      for (; p + 1 < count && p + 5 != count; p += 4) {
        listedGemm4x2(at, first + p, reads, w, bias, sums + p * 16);
      }
      if (p + 5 == count) {
        listedGemm5x2(at, first + p, reads, w, bias, sums + p * 16);
        p += 5;
      }
      for (; p < count; p += 1) {
        listedGemm1x2(at, first + p, reads, w, bias, sums + p * 16);
      }
    }

    /**
     * 6 pixels by 2 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm6x2(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      int x1 = at[p + 1];
      int x2 = at[p + 2];
      int x3 = at[p + 3];
      int x4 = at[p + 4];
      int x5 = at[p + 5];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 8);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector v1 = FloatVector.broadcast(S, arena[x1 + read]);
      FloatVector y1_0 = v1.fma(w0, b0);
      FloatVector y1_1 = v1.fma(w1, b1);
      FloatVector v2 = FloatVector.broadcast(S, arena[x2 + read]);
      FloatVector y2_0 = v2.fma(w0, b0);
      FloatVector y2_1 = v2.fma(w1, b1);
      FloatVector v3 = FloatVector.broadcast(S, arena[x3 + read]);
      FloatVector y3_0 = v3.fma(w0, b0);
      FloatVector y3_1 = v3.fma(w1, b1);
      FloatVector v4 = FloatVector.broadcast(S, arena[x4 + read]);
      FloatVector y4_0 = v4.fma(w0, b0);
      FloatVector y4_1 = v4.fma(w1, b1);
      FloatVector v5 = FloatVector.broadcast(S, arena[x5 + read]);
      FloatVector y5_0 = v5.fma(w0, b0);
      FloatVector y5_1 = v5.fma(w1, b1);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        v1 = FloatVector.broadcast(S, arena[x1 + read]);
        y1_0 = v1.fma(w0, y1_0);
        y1_1 = v1.fma(w1, y1_1);
        v2 = FloatVector.broadcast(S, arena[x2 + read]);
        y2_0 = v2.fma(w0, y2_0);
        y2_1 = v2.fma(w1, y2_1);
        v3 = FloatVector.broadcast(S, arena[x3 + read]);
        y3_0 = v3.fma(w0, y3_0);
        y3_1 = v3.fma(w1, y3_1);
        v4 = FloatVector.broadcast(S, arena[x4 + read]);
        y4_0 = v4.fma(w0, y4_0);
        y4_1 = v4.fma(w1, y4_1);
        v5 = FloatVector.broadcast(S, arena[x5 + read]);
        y5_0 = v5.fma(w0, y5_0);
        y5_1 = v5.fma(w1, y5_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
      y1_0.intoArray(arena, sums + 16);
      y1_1.intoArray(arena, sums + 24);
      y2_0.intoArray(arena, sums + 32);
      y2_1.intoArray(arena, sums + 40);
      y3_0.intoArray(arena, sums + 48);
      y3_1.intoArray(arena, sums + 56);
      y4_0.intoArray(arena, sums + 64);
      y4_1.intoArray(arena, sums + 72);
      y5_0.intoArray(arena, sums + 80);
      y5_1.intoArray(arena, sums + 88);
    }

    /**
     * 4 pixels by 2 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm4x2(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      int x1 = at[p + 1];
      int x2 = at[p + 2];
      int x3 = at[p + 3];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 8);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector v1 = FloatVector.broadcast(S, arena[x1 + read]);
      FloatVector y1_0 = v1.fma(w0, b0);
      FloatVector y1_1 = v1.fma(w1, b1);
      FloatVector v2 = FloatVector.broadcast(S, arena[x2 + read]);
      FloatVector y2_0 = v2.fma(w0, b0);
      FloatVector y2_1 = v2.fma(w1, b1);
      FloatVector v3 = FloatVector.broadcast(S, arena[x3 + read]);
      FloatVector y3_0 = v3.fma(w0, b0);
      FloatVector y3_1 = v3.fma(w1, b1);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        v1 = FloatVector.broadcast(S, arena[x1 + read]);
        y1_0 = v1.fma(w0, y1_0);
        y1_1 = v1.fma(w1, y1_1);
        v2 = FloatVector.broadcast(S, arena[x2 + read]);
        y2_0 = v2.fma(w0, y2_0);
        y2_1 = v2.fma(w1, y2_1);
        v3 = FloatVector.broadcast(S, arena[x3 + read]);
        y3_0 = v3.fma(w0, y3_0);
        y3_1 = v3.fma(w1, y3_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
      y1_0.intoArray(arena, sums + 16);
      y1_1.intoArray(arena, sums + 24);
      y2_0.intoArray(arena, sums + 32);
      y2_1.intoArray(arena, sums + 40);
      y3_0.intoArray(arena, sums + 48);
      y3_1.intoArray(arena, sums + 56);
    }

    /**
     * 5 pixels by 2 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm5x2(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      int x1 = at[p + 1];
      int x2 = at[p + 2];
      int x3 = at[p + 3];
      int x4 = at[p + 4];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 8);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector v1 = FloatVector.broadcast(S, arena[x1 + read]);
      FloatVector y1_0 = v1.fma(w0, b0);
      FloatVector y1_1 = v1.fma(w1, b1);
      FloatVector v2 = FloatVector.broadcast(S, arena[x2 + read]);
      FloatVector y2_0 = v2.fma(w0, b0);
      FloatVector y2_1 = v2.fma(w1, b1);
      FloatVector v3 = FloatVector.broadcast(S, arena[x3 + read]);
      FloatVector y3_0 = v3.fma(w0, b0);
      FloatVector y3_1 = v3.fma(w1, b1);
      FloatVector v4 = FloatVector.broadcast(S, arena[x4 + read]);
      FloatVector y4_0 = v4.fma(w0, b0);
      FloatVector y4_1 = v4.fma(w1, b1);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        v1 = FloatVector.broadcast(S, arena[x1 + read]);
        y1_0 = v1.fma(w0, y1_0);
        y1_1 = v1.fma(w1, y1_1);
        v2 = FloatVector.broadcast(S, arena[x2 + read]);
        y2_0 = v2.fma(w0, y2_0);
        y2_1 = v2.fma(w1, y2_1);
        v3 = FloatVector.broadcast(S, arena[x3 + read]);
        y3_0 = v3.fma(w0, y3_0);
        y3_1 = v3.fma(w1, y3_1);
        v4 = FloatVector.broadcast(S, arena[x4 + read]);
        y4_0 = v4.fma(w0, y4_0);
        y4_1 = v4.fma(w1, y4_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
      y1_0.intoArray(arena, sums + 16);
      y1_1.intoArray(arena, sums + 24);
      y2_0.intoArray(arena, sums + 32);
      y2_1.intoArray(arena, sums + 40);
      y3_0.intoArray(arena, sums + 48);
      y3_1.intoArray(arena, sums + 56);
      y4_0.intoArray(arena, sums + 64);
      y4_1.intoArray(arena, sums + 72);
    }

    /**
     * 1 pixel by 2 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm1x2(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 8);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
    }

    /** What a layer does to the sums of {@code pixels} pixels by {@code width} outputs. */
    final void finish(Lenet5.Finish finish, int[] at, int p, int k, int pixels, int width,
        int sums) {
      int last = p + pixels - 1;
      int reach = (pixels - 1) * width;
      if (at[PLACES + last] - at[PLACES + p] == reach
          && at[2 * PLACES + last] - at[2 * PLACES + p] == reach) {
        finishDense(finish, at[PLACES + p] + k, at[2 * PLACES + p] + k, sums, reach + width);
        return;
      }
      switch (finish) {
        case TANH -> finishTanh(at, p, k, pixels, width, sums);
        case STORE -> finishStore(at, p, k, pixels, width, sums);
      }
    }

    /** Stores the sums of a tile, through {@code tanh}. */
    final void finishTanh(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 8) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          // tanh
          FloatVector atMost_1 =
              sum.blend(7.99881172180175781f,
              sum.compare(VectorOperators.GT, 7.99881172180175781f));
          FloatVector t_1 =
              atMost_1.blend(-7.99881172180175781f,
              atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
          FloatVector s_1 = t_1.mul(t_1);
          FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
          FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
          FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
          tanh_1.intoArray(arena, y + j);
        }
      }
    }

    /** Stores the sums of a tile. */
    final void finishStore(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      if (width == 16) {
        for (int i = 0; i < pixels; i++) {
          int s = sums + i * width;
          int y = at[PLACES + p + i] + k;
          FloatVector y0 = FloatVector.fromArray(S, arena, s);
          FloatVector y1 = FloatVector.fromArray(S, arena, s + 8);
          y0.intoArray(arena, y);
          y1.intoArray(arena, y + 8);
        }
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 8) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          sum.intoArray(arena, y + j);
        }
      }
    }

    /** What a layer does to sums that lie side by side, as results and residuals do. */
    final void finishDense(Lenet5.Finish finish, int y, int r, int sums, int floats) {
      switch (finish) {
        case TANH -> finishTanhDense(y, r, sums, floats);
        case STORE -> finishStoreDense(y, r, sums, floats);
      }
    }

    /** As {@code finishTanh}, for sums and results side by side. */
    final void finishTanhDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 8) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, sums + j);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + j);
      }
    }

    /** As {@code finishStore}, for sums and results side by side. */
    final void finishStoreDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 8) {
        FloatVector.fromArray(S, arena, sums + j).intoArray(arena, y + j);
      }
    }

    @Override
    public void averagePool(View x, Window window, boolean countPadding, View y, int from,
        int upTo) {
      if (idle) {
        return;
      }
      for (int row = from; row < upTo; row++) {
        int top = row * window.strideHeight() - window.top();
        int i0 = start(top, window.dilationHeight());
        int i1 = end(top, window.dilationHeight(), x.height(), window.height());
        for (int column = 0; column < y.width(); column++) {
          int left = column * window.strideWidth() - window.left();
          int j0 = start(left, window.dilationWidth());
          int j1 = end(left, window.dilationWidth(), x.width(), window.width());
          int x0 = x.offset() + top * x.line() + left * x.pixel();
          int y0 = y.offset() + row * y.line() + column * y.pixel();
          int counted = (i1 - i0) * (j1 - j0);
          if (countPadding) {
            int below = x.height() + window.bottom();
            int beyond = x.width() + window.right();
            counted =
                end(top, window.dilationHeight(), below, window.height())
                    * end(left, window.dilationWidth(), beyond, window.width());
          }
          int c = 0;
          for (; c < y.channels() - 3 * 8; c += 4 * 8) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            FloatVector sum1 = FloatVector.broadcast(S, 0f);
            FloatVector sum2 = FloatVector.broadcast(S, 0f);
            FloatVector sum3 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 8));
                sum1 = sum1.add(FloatVector.fromArray(S, arena, at + 1 * 8));
                sum2 = sum2.add(FloatVector.fromArray(S, arena, at + 2 * 8));
                sum3 = sum3.add(FloatVector.fromArray(S, arena, at + 3 * 8));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 8);
            sum1.div(counted).intoArray(arena, y0 + c + 1 * 8);
            sum2.div(counted).intoArray(arena, y0 + c + 2 * 8);
            sum3.div(counted).intoArray(arena, y0 + c + 3 * 8);
          }
          for (; c < y.channels(); c += 8) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 8));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 8);
          }
        }
      }
    }

    @Override
    public void fc(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
      int reduction = window.taps() * x.channels();
      int run = reduction / segments;
      int to = Math.min(upTo * 128, (y.channels() + 15) & -16);
      int count = 1;
      at[0] = x.offset();
      at[PLACES] = y.offset();
      at[2 * PLACES] = residual.offset();
      int k = from * 128;
      for (; k + 64 <= to; k += 64) {
        panelsOfFour(at[0], at, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
      for (; k + 16 <= to; k += 16) {
        panel1x2(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
    }

    /** All pixels of a block, 16 outputs from k on. */
    final void panel1x2(int[] at, int count, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x2(at, first, unit, at[SEGMENTS], run, w, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x2(at, first, unit, at[SEGMENTS + s], run, w + s * run * 16, sums, sums);
        }
        finish(finish, at, first, k, unit, 16, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x2(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x2(at, first + p, segment, run, w, from, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 2 vectors of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x2(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector b0 = FloatVector.fromArray(S, weights, from + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, from + 8);
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      for (int c = 1; c < run; c++) {
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x2(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x2(at, first + p, segment, run, w, from + p * 16, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 2 vectors of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x2(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector y0_0 = FloatVector.fromArray(S, arena, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, arena, from + 8);
      for (int c = 0; c < run; c++) {
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        FloatVector w1 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        FloatVector v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
    }

    /** 64 outputs of an fc from k on, in four panels. */
    final void panelsOfFour(int x, int[] at, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int apart = segments * run * 16;
      gemmOfFour(x + at[SEGMENTS], run, w, apart, weights, bias, sums);
      for (int s = 1; s < segments; s++) {
        gemmOfFour(x + at[SEGMENTS + s], run, w + s * run * 16, apart, arena, sums, sums);
      }
      finish(finish, at, 0, k, 1, 64, sums);
    }

    /**
     * One pixel, four panels of outputs, {@code apart} floats of weights from one to the next:
     * {@code sums[k] = start[from + k] + sum of x[c] * w[c][k]} over a run of channels, in
     * order.
     */
    final void gemmOfFour(int x, int run, int w, int apart, float[] start, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int w0 = w + 0 * apart;
      FloatVector y0_0 = FloatVector.fromArray(S, start, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, start, from + 8);
      int w1 = w + 1 * apart;
      FloatVector y1_0 = FloatVector.fromArray(S, start, from + 16);
      FloatVector y1_1 = FloatVector.fromArray(S, start, from + 24);
      int w2 = w + 2 * apart;
      FloatVector y2_0 = FloatVector.fromArray(S, start, from + 32);
      FloatVector y2_1 = FloatVector.fromArray(S, start, from + 40);
      int w3 = w + 3 * apart;
      FloatVector y3_0 = FloatVector.fromArray(S, start, from + 48);
      FloatVector y3_1 = FloatVector.fromArray(S, start, from + 56);
      for (int c = 0; c < run; c++) {
        FloatVector x0 = FloatVector.broadcast(S, arena[x + c]);
        y0_0 = x0.fma(FloatVector.fromArray(S, weights, w0 + c * 16 + 0), y0_0);
        y0_1 = x0.fma(FloatVector.fromArray(S, weights, w0 + c * 16 + 8), y0_1);
        y1_0 = x0.fma(FloatVector.fromArray(S, weights, w1 + c * 16 + 0), y1_0);
        y1_1 = x0.fma(FloatVector.fromArray(S, weights, w1 + c * 16 + 8), y1_1);
        y2_0 = x0.fma(FloatVector.fromArray(S, weights, w2 + c * 16 + 0), y2_0);
        y2_1 = x0.fma(FloatVector.fromArray(S, weights, w2 + c * 16 + 8), y2_1);
        y3_0 = x0.fma(FloatVector.fromArray(S, weights, w3 + c * 16 + 0), y3_0);
        y3_1 = x0.fma(FloatVector.fromArray(S, weights, w3 + c * 16 + 8), y3_1);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 8);
      y1_0.intoArray(arena, sums + 16);
      y1_1.intoArray(arena, sums + 24);
      y2_0.intoArray(arena, sums + 32);
      y2_1.intoArray(arena, sums + 40);
      y3_0.intoArray(arena, sums + 48);
      y3_1.intoArray(arena, sums + 56);
    }
  }

  /** Kernels for vectors of 4 floats. */
  final class Simd128 extends Common {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;

    private static final VectorShuffle<Float> EVERY_SECOND =
        VectorShuffle.fromOp(S, lane -> 2 * lane % S.length());

    private static final VectorMask<Float> UPPER_HALF =
        VectorMask.fromLong(S, -1L << S.length() / 2);

    Simd128(float[] arena, float[] weights, int scratch, int workers) {
      super(arena, weights, scratch, workers);
    }

    @Override
    public void planarConvOf6Tanh(View x, Window window, int band, int w, int bias, View y,
        int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int reads = list(x, window, x.channels(), at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int last = y.width() - 4;
      for (int first = from; first < upTo; first += band) {
        int end = Math.min(first + band, upTo);
        for (int row = first; row < end; row += 2) {
          int down = row + 1 < end ? 1 : 0;
          for (int column = 0; column < y.width(); column += 4) {
            int start = Math.min(column, last);
            int x0 = corner + row * window.strideHeight() * x.line() + start;
            int x1 = x0 + down * window.strideHeight() * x.line();
            int y0 = y.offset() + row * y.line() + start;
            int y1 = y0 + down * y.line();
            planarRowsOf4(at, reads, x0, x1, w, bias, y0, y1, y.plane());
            planarRowsOf2(at, reads, x0, x1, w + 4, bias + 4, y0 + 4 * y.plane(), y1
                + 4 * y.plane(), y.plane());
          }
        }
        int rows = y.line() == y.width() ? end - first : 1;
        for (int channel = 0; channel < y.channels(); channel++) {
          int y0 = y.offset() + channel * y.plane();
          for (int row = first; row < end; row += rows) {
            tanhAlong(y0 + row * y.line(), rows * y.width());
          }
        }
      }
    }

    /** A vector of each of two rows, 4 outputs. */
    final void planarRowsOf4(int[] at, int reads, int x0, int x1, int w, int bias, int y0, int y1,
        int plane) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector sum0_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum1_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum0_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum1_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum0_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum1_2 = FloatVector.broadcast(S, weights[bias + 2]);
      FloatVector sum0_3 = FloatVector.broadcast(S, weights[bias + 3]);
      FloatVector sum1_3 = FloatVector.broadcast(S, weights[bias + 3]);
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        FloatVector v0 = FloatVector.fromArray(S, arena, x0 + read);
        FloatVector v1 = FloatVector.fromArray(S, arena, x1 + read);
        FloatVector w0 = FloatVector.broadcast(S, weights[w + c * 16 + 0]);
        sum0_0 = v0.fma(w0, sum0_0);
        sum1_0 = v1.fma(w0, sum1_0);
        FloatVector w1 = FloatVector.broadcast(S, weights[w + c * 16 + 1]);
        sum0_1 = v0.fma(w1, sum0_1);
        sum1_1 = v1.fma(w1, sum1_1);
        FloatVector w2 = FloatVector.broadcast(S, weights[w + c * 16 + 2]);
        sum0_2 = v0.fma(w2, sum0_2);
        sum1_2 = v1.fma(w2, sum1_2);
        FloatVector w3 = FloatVector.broadcast(S, weights[w + c * 16 + 3]);
        sum0_3 = v0.fma(w3, sum0_3);
        sum1_3 = v1.fma(w3, sum1_3);
      }
      sum0_0.intoArray(arena, y0 + 0 * plane);
      sum1_0.intoArray(arena, y1 + 0 * plane);
      sum0_1.intoArray(arena, y0 + 1 * plane);
      sum1_1.intoArray(arena, y1 + 1 * plane);
      sum0_2.intoArray(arena, y0 + 2 * plane);
      sum1_2.intoArray(arena, y1 + 2 * plane);
      sum0_3.intoArray(arena, y0 + 3 * plane);
      sum1_3.intoArray(arena, y1 + 3 * plane);
    }

    /** A vector of each of two rows, 2 outputs. */
    final void planarRowsOf2(int[] at, int reads, int x0, int x1, int w, int bias, int y0, int y1,
        int plane) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      FloatVector sum0_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum1_0 = FloatVector.broadcast(S, weights[bias + 0]);
      FloatVector sum0_1 = FloatVector.broadcast(S, weights[bias + 1]);
      FloatVector sum1_1 = FloatVector.broadcast(S, weights[bias + 1]);
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        FloatVector v0 = FloatVector.fromArray(S, arena, x0 + read);
        FloatVector v1 = FloatVector.fromArray(S, arena, x1 + read);
        FloatVector w0 = FloatVector.broadcast(S, weights[w + c * 16 + 0]);
        sum0_0 = v0.fma(w0, sum0_0);
        sum1_0 = v1.fma(w0, sum1_0);
        FloatVector w1 = FloatVector.broadcast(S, weights[w + c * 16 + 1]);
        sum0_1 = v0.fma(w1, sum0_1);
        sum1_1 = v1.fma(w1, sum1_1);
      }
      sum0_0.intoArray(arena, y0 + 0 * plane);
      sum1_0.intoArray(arena, y1 + 0 * plane);
      sum0_1.intoArray(arena, y0 + 1 * plane);
      sum1_1.intoArray(arena, y1 + 1 * plane);
    }

    /** The activation {@code tanh} of a vector of floats or more, in place. */
    final void tanhAlong(int y, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int end = floats - 4;
      // tanh
      FloatVector x_2 = FloatVector.fromArray(S, arena, y + end);
      FloatVector atMost_2 =
          x_2.blend(7.99881172180175781f, x_2.compare(VectorOperators.GT, 7.99881172180175781f));
      FloatVector t_2 =
          atMost_2.blend(-7.99881172180175781f,
          atMost_2.compare(VectorOperators.LT, -7.99881172180175781f));
      FloatVector s_2 = t_2.mul(t_2);
      FloatVector p_2 = FloatVector.broadcast(S, -2.76076847742355e-16f);
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 2.00018790482477e-13f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, -8.60467152213735e-11f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 5.12229709037114e-08f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 1.48572235717979e-05f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 6.37261928875436e-04f));
      p_2 = p_2.fma(s_2, FloatVector.broadcast(S, 4.89352455891786e-03f));
      FloatVector q_2 = FloatVector.broadcast(S, 1.19825839466702e-06f);
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 1.18534705686654e-04f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 2.26843463243900e-03f));
      q_2 = q_2.fma(s_2, FloatVector.broadcast(S, 4.89352518554385e-03f));
      FloatVector last = t_2.mul(p_2).div(q_2);
      for (int i = 0; i < end; i += 4) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, y + i);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + i);
      }
      last.intoArray(arena, y + end);
    }

    @Override
    public void planarAveragePool2x2By2(View x, Window window, View y, int from, int upTo) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      int below = window.dilationHeight() * x.line();
      for (int channel = 0; channel < y.channels(); channel++) {
        for (int row = from; row < upTo; row++) {
          int line = x.offset() + channel * x.plane() + row * window.strideHeight() * x.line();
          int y0 = y.offset() + channel * y.plane() + row * y.line();
          int column = 0;
          for (; column <= y.width() - 4; column += 4) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 4);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 5));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 4));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 5));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column);
          }
          if (column < y.width()) {
            int x0 = line + column * 2;
            FloatVector sum0 = FloatVector.fromArray(S, arena, x0 + 0);
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 0));
            sum0 = sum0.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 1));
            FloatVector sum1 = FloatVector.fromArray(S, arena, x0 + 4);
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 5));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 4));
            sum1 = sum1.add(FloatVector.fromArray(S, arena, x0 + 1 * below + 5));
            sum0.rearrange(EVERY_SECOND).blend(sum1.rearrange(EVERY_SECOND), UPPER_HALF).div(4f)
                .intoArray(arena, y0 + column, S.indexInRange(0, y.width() - column));
          }
        }
      }
    }

    @Override
    public void convOfStrips10x5(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int reads = listByChannels(x, window, at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int to = 16;
      int band = BLOCK / y.width();
      for (int first = from; first < upTo; first += band) {
        int count = Math.min(band, upTo - first) * y.width();
        locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
        int k = 0;
        for (; k + 16 <= to; k += 16) {
          listedPanel2x4(at, count, reads, w + k * reads, bias + k, k, finish, sums);
        }
      }
    }

    /** All pixels of a block, 16 outputs from k on. */
    final void listedPanel2x4(int[] at, int count, int reads, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        listedMultiply2x4(at, first, unit, reads, w, bias, sums);
        finish(finish, at, first, k, unit, 16, sums);
      }
    }

    /** The sums of {@code count} pixels, listed from {@code first} on, and 16 outputs. */
    final void listedMultiply2x4(int[] at, int first, int count, int reads, int w, int bias,
        int sums) {
      int p = 0;
      for (; p + 1 < count; p += 2) {
        listedGemm2x4(at, first + p, reads, w, bias, sums + p * 16);
      }
      for (; p < count; p += 1) {
        listedGemm1x4(at, first + p, reads, w, bias, sums + p * 16);
      }
    }

    /**
     * 2 pixels by 4 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm2x4(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      int x1 = at[p + 1];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 4);
      FloatVector b2 = FloatVector.fromArray(S, weights, bias + 8);
      FloatVector b3 = FloatVector.fromArray(S, weights, bias + 12);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 4);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector w3 = FloatVector.fromArray(S, weights, w + 12);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector y0_2 = v0.fma(w2, b2);
      FloatVector y0_3 = v0.fma(w3, b3);
      FloatVector v1 = FloatVector.broadcast(S, arena[x1 + read]);
      FloatVector y1_0 = v1.fma(w0, b0);
      FloatVector y1_1 = v1.fma(w1, b1);
      FloatVector y1_2 = v1.fma(w2, b2);
      FloatVector y1_3 = v1.fma(w3, b3);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 4);
        w2 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        w3 = FloatVector.fromArray(S, weights, w + c * 16 + 12);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
        v1 = FloatVector.broadcast(S, arena[x1 + read]);
        y1_0 = v1.fma(w0, y1_0);
        y1_1 = v1.fma(w1, y1_1);
        y1_2 = v1.fma(w2, y1_2);
        y1_3 = v1.fma(w3, y1_3);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
      y1_0.intoArray(arena, sums + 16);
      y1_1.intoArray(arena, sums + 20);
      y1_2.intoArray(arena, sums + 24);
      y1_3.intoArray(arena, sums + 28);
    }

    /**
     * 1 pixel by 4 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm1x4(int[] at, int p, int reads, int w, int bias, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      FloatVector b0 = FloatVector.fromArray(S, weights, bias + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, bias + 4);
      FloatVector b2 = FloatVector.fromArray(S, weights, bias + 8);
      FloatVector b3 = FloatVector.fromArray(S, weights, bias + 12);
      int read = at[SEGMENTS];
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 4);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector w3 = FloatVector.fromArray(S, weights, w + 12);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0 + read]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector y0_2 = v0.fma(w2, b2);
      FloatVector y0_3 = v0.fma(w3, b3);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 4);
        w2 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        w3 = FloatVector.fromArray(S, weights, w + c * 16 + 12);
        v0 = FloatVector.broadcast(S, arena[x0 + read]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
    }

    /** What a layer does to the sums of {@code pixels} pixels by {@code width} outputs. */
    final void finish(Lenet5.Finish finish, int[] at, int p, int k, int pixels, int width,
        int sums) {
      int last = p + pixels - 1;
      int reach = (pixels - 1) * width;
      if (at[PLACES + last] - at[PLACES + p] == reach
          && at[2 * PLACES + last] - at[2 * PLACES + p] == reach) {
        finishDense(finish, at[PLACES + p] + k, at[2 * PLACES + p] + k, sums, reach + width);
        return;
      }
      switch (finish) {
        case TANH -> finishTanh(at, p, k, pixels, width, sums);
        case STORE -> finishStore(at, p, k, pixels, width, sums);
      }
    }

    /** Stores the sums of a tile, through {@code tanh}. */
    final void finishTanh(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 4) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          // tanh
          FloatVector atMost_1 =
              sum.blend(7.99881172180175781f,
              sum.compare(VectorOperators.GT, 7.99881172180175781f));
          FloatVector t_1 =
              atMost_1.blend(-7.99881172180175781f,
              atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
          FloatVector s_1 = t_1.mul(t_1);
          FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
          p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
          FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
          q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
          FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
          tanh_1.intoArray(arena, y + j);
        }
      }
    }

    /** Stores the sums of a tile. */
    final void finishStore(int[] at, int p, int k, int pixels, int width, int sums) {
      if (idle) {
        return;
      }
      if (width == 16) {
        for (int i = 0; i < pixels; i++) {
          int s = sums + i * width;
          int y = at[PLACES + p + i] + k;
          FloatVector y0 = FloatVector.fromArray(S, arena, s);
          FloatVector y1 = FloatVector.fromArray(S, arena, s + 4);
          FloatVector y2 = FloatVector.fromArray(S, arena, s + 8);
          FloatVector y3 = FloatVector.fromArray(S, arena, s + 12);
          y0.intoArray(arena, y);
          y1.intoArray(arena, y + 4);
          y2.intoArray(arena, y + 8);
          y3.intoArray(arena, y + 12);
        }
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 4) {
          FloatVector sum = FloatVector.fromArray(S, arena, sums + i * width + j);
          sum.intoArray(arena, y + j);
        }
      }
    }

    /** What a layer does to sums that lie side by side, as results and residuals do. */
    final void finishDense(Lenet5.Finish finish, int y, int r, int sums, int floats) {
      switch (finish) {
        case TANH -> finishTanhDense(y, r, sums, floats);
        case STORE -> finishStoreDense(y, r, sums, floats);
      }
    }

    /** As {@code finishTanh}, for sums and results side by side. */
    final void finishTanhDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 4) {
        // tanh
        FloatVector x_1 = FloatVector.fromArray(S, arena, sums + j);
        FloatVector atMost_1 =
            x_1.blend(7.99881172180175781f, x_1.compare(VectorOperators.GT, 7.99881172180175781f));
        FloatVector t_1 =
            atMost_1.blend(-7.99881172180175781f,
            atMost_1.compare(VectorOperators.LT, -7.99881172180175781f));
        FloatVector s_1 = t_1.mul(t_1);
        FloatVector p_1 = FloatVector.broadcast(S, -2.76076847742355e-16f);
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 2.00018790482477e-13f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, -8.60467152213735e-11f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 5.12229709037114e-08f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 1.48572235717979e-05f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 6.37261928875436e-04f));
        p_1 = p_1.fma(s_1, FloatVector.broadcast(S, 4.89352455891786e-03f));
        FloatVector q_1 = FloatVector.broadcast(S, 1.19825839466702e-06f);
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 1.18534705686654e-04f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 2.26843463243900e-03f));
        q_1 = q_1.fma(s_1, FloatVector.broadcast(S, 4.89352518554385e-03f));
        FloatVector tanh_1 = t_1.mul(p_1).div(q_1);
        tanh_1.intoArray(arena, y + j);
      }
    }

    /** As {@code finishStore}, for sums and results side by side. */
    final void finishStoreDense(int y, int r, int sums, int floats) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 4) {
        FloatVector.fromArray(S, arena, sums + j).intoArray(arena, y + j);
      }
    }

    @Override
    public void averagePool(View x, Window window, boolean countPadding, View y, int from,
        int upTo) {
      if (idle) {
        return;
      }
      for (int row = from; row < upTo; row++) {
        int top = row * window.strideHeight() - window.top();
        int i0 = start(top, window.dilationHeight());
        int i1 = end(top, window.dilationHeight(), x.height(), window.height());
        for (int column = 0; column < y.width(); column++) {
          int left = column * window.strideWidth() - window.left();
          int j0 = start(left, window.dilationWidth());
          int j1 = end(left, window.dilationWidth(), x.width(), window.width());
          int x0 = x.offset() + top * x.line() + left * x.pixel();
          int y0 = y.offset() + row * y.line() + column * y.pixel();
          int counted = (i1 - i0) * (j1 - j0);
          if (countPadding) {
            int below = x.height() + window.bottom();
            int beyond = x.width() + window.right();
            counted =
                end(top, window.dilationHeight(), below, window.height())
                    * end(left, window.dilationWidth(), beyond, window.width());
          }
          int c = 0;
          for (; c < y.channels() - 3 * 4; c += 4 * 4) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            FloatVector sum1 = FloatVector.broadcast(S, 0f);
            FloatVector sum2 = FloatVector.broadcast(S, 0f);
            FloatVector sum3 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 4));
                sum1 = sum1.add(FloatVector.fromArray(S, arena, at + 1 * 4));
                sum2 = sum2.add(FloatVector.fromArray(S, arena, at + 2 * 4));
                sum3 = sum3.add(FloatVector.fromArray(S, arena, at + 3 * 4));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 4);
            sum1.div(counted).intoArray(arena, y0 + c + 1 * 4);
            sum2.div(counted).intoArray(arena, y0 + c + 2 * 4);
            sum3.div(counted).intoArray(arena, y0 + c + 3 * 4);
          }
          for (; c < y.channels(); c += 4) {
            FloatVector sum0 = FloatVector.broadcast(S, 0f);
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = sum0.add(FloatVector.fromArray(S, arena, at + 0 * 4));
              }
            }
            sum0.div(counted).intoArray(arena, y0 + c + 0 * 4);
          }
        }
      }
    }

    @Override
    public void fc(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
      int reduction = window.taps() * x.channels();
      int run = reduction / segments;
      int to = Math.min(upTo * 128, (y.channels() + 15) & -16);
      int count = 1;
      at[0] = x.offset();
      at[PLACES] = y.offset();
      at[2 * PLACES] = residual.offset();
      int k = from * 128;
      for (; k + 32 <= to; k += 32) {
        panel1x8(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
      for (; k + 16 <= to; k += 16) {
        panel1x4(at, count, segments, run, w + k * reduction, bias + k, k, finish, sums);
      }
    }

    /** All pixels of a block, 32 outputs from k on. */
    final void panel1x8(int[] at, int count, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x8(at, first, unit, at[SEGMENTS], run, w, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x8(at, first, unit, at[SEGMENTS + s], run, w + s * run * 32, sums, sums);
        }
        finish(finish, at, first, k, unit, 32, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 32 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x8(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x8(at, first + p, segment, run, w, from, sums + p * 32);
      }
    }

    /**
     * 1 pixel by 8 vectors of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x8(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector b0 = FloatVector.fromArray(S, weights, from + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, from + 4);
      FloatVector b2 = FloatVector.fromArray(S, weights, from + 8);
      FloatVector b3 = FloatVector.fromArray(S, weights, from + 12);
      FloatVector b4 = FloatVector.fromArray(S, weights, from + 16);
      FloatVector b5 = FloatVector.fromArray(S, weights, from + 20);
      FloatVector b6 = FloatVector.fromArray(S, weights, from + 24);
      FloatVector b7 = FloatVector.fromArray(S, weights, from + 28);
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 4);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector w3 = FloatVector.fromArray(S, weights, w + 12);
      FloatVector w4 = FloatVector.fromArray(S, weights, w + 16);
      FloatVector w5 = FloatVector.fromArray(S, weights, w + 20);
      FloatVector w6 = FloatVector.fromArray(S, weights, w + 24);
      FloatVector w7 = FloatVector.fromArray(S, weights, w + 28);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector y0_2 = v0.fma(w2, b2);
      FloatVector y0_3 = v0.fma(w3, b3);
      FloatVector y0_4 = v0.fma(w4, b4);
      FloatVector y0_5 = v0.fma(w5, b5);
      FloatVector y0_6 = v0.fma(w6, b6);
      FloatVector y0_7 = v0.fma(w7, b7);
      for (int c = 1; c < run; c++) {
        w0 = FloatVector.fromArray(S, weights, w + c * 32 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 32 + 4);
        w2 = FloatVector.fromArray(S, weights, w + c * 32 + 8);
        w3 = FloatVector.fromArray(S, weights, w + c * 32 + 12);
        w4 = FloatVector.fromArray(S, weights, w + c * 32 + 16);
        w5 = FloatVector.fromArray(S, weights, w + c * 32 + 20);
        w6 = FloatVector.fromArray(S, weights, w + c * 32 + 24);
        w7 = FloatVector.fromArray(S, weights, w + c * 32 + 28);
        v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
        y0_4 = v0.fma(w4, y0_4);
        y0_5 = v0.fma(w5, y0_5);
        y0_6 = v0.fma(w6, y0_6);
        y0_7 = v0.fma(w7, y0_7);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
      y0_4.intoArray(arena, sums + 16);
      y0_5.intoArray(arena, sums + 20);
      y0_6.intoArray(arena, sums + 24);
      y0_7.intoArray(arena, sums + 28);
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 32 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x8(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x8(at, first + p, segment, run, w, from + p * 32, sums + p * 32);
      }
    }

    /**
     * 1 pixel by 8 vectors of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x8(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector y0_0 = FloatVector.fromArray(S, arena, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, arena, from + 4);
      FloatVector y0_2 = FloatVector.fromArray(S, arena, from + 8);
      FloatVector y0_3 = FloatVector.fromArray(S, arena, from + 12);
      FloatVector y0_4 = FloatVector.fromArray(S, arena, from + 16);
      FloatVector y0_5 = FloatVector.fromArray(S, arena, from + 20);
      FloatVector y0_6 = FloatVector.fromArray(S, arena, from + 24);
      FloatVector y0_7 = FloatVector.fromArray(S, arena, from + 28);
      for (int c = 0; c < run; c++) {
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 32 + 0);
        FloatVector w1 = FloatVector.fromArray(S, weights, w + c * 32 + 4);
        FloatVector w2 = FloatVector.fromArray(S, weights, w + c * 32 + 8);
        FloatVector w3 = FloatVector.fromArray(S, weights, w + c * 32 + 12);
        FloatVector w4 = FloatVector.fromArray(S, weights, w + c * 32 + 16);
        FloatVector w5 = FloatVector.fromArray(S, weights, w + c * 32 + 20);
        FloatVector w6 = FloatVector.fromArray(S, weights, w + c * 32 + 24);
        FloatVector w7 = FloatVector.fromArray(S, weights, w + c * 32 + 28);
        FloatVector v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
        y0_4 = v0.fma(w4, y0_4);
        y0_5 = v0.fma(w5, y0_5);
        y0_6 = v0.fma(w6, y0_6);
        y0_7 = v0.fma(w7, y0_7);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
      y0_4.intoArray(arena, sums + 16);
      y0_5.intoArray(arena, sums + 20);
      y0_6.intoArray(arena, sums + 24);
      y0_7.intoArray(arena, sums + 28);
    }

    /** All pixels of a block, 16 outputs from k on. */
    final void panel1x4(int[] at, int count, int segments, int run, int w, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x4(at, first, unit, at[SEGMENTS], run, w, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x4(at, first, unit, at[SEGMENTS + s], run, w + s * run * 16, sums, sums);
        }
        finish(finish, at, first, k, unit, 16, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x4(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x4(at, first + p, segment, run, w, from, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 4 vectors of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x4(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector b0 = FloatVector.fromArray(S, weights, from + 0);
      FloatVector b1 = FloatVector.fromArray(S, weights, from + 4);
      FloatVector b2 = FloatVector.fromArray(S, weights, from + 8);
      FloatVector b3 = FloatVector.fromArray(S, weights, from + 12);
      FloatVector w0 = FloatVector.fromArray(S, weights, w + 0);
      FloatVector w1 = FloatVector.fromArray(S, weights, w + 4);
      FloatVector w2 = FloatVector.fromArray(S, weights, w + 8);
      FloatVector w3 = FloatVector.fromArray(S, weights, w + 12);
      FloatVector v0 = FloatVector.broadcast(S, arena[x0]);
      FloatVector y0_0 = v0.fma(w0, b0);
      FloatVector y0_1 = v0.fma(w1, b1);
      FloatVector y0_2 = v0.fma(w2, b2);
      FloatVector y0_3 = v0.fma(w3, b3);
      for (int c = 1; c < run; c++) {
        w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        w1 = FloatVector.fromArray(S, weights, w + c * 16 + 4);
        w2 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        w3 = FloatVector.fromArray(S, weights, w + c * 16 + 12);
        v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 16 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x4(int[] at, int first, int count, int segment, int run, int w, int from,
        int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x4(at, first + p, segment, run, w, from + p * 16, sums + p * 16);
      }
    }

    /**
     * 1 pixel by 4 vectors of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x4(int[] at, int p, int segment, int run, int w, int from, int sums) {
      if (idle) {
        return;
      }
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      FloatVector y0_0 = FloatVector.fromArray(S, arena, from + 0);
      FloatVector y0_1 = FloatVector.fromArray(S, arena, from + 4);
      FloatVector y0_2 = FloatVector.fromArray(S, arena, from + 8);
      FloatVector y0_3 = FloatVector.fromArray(S, arena, from + 12);
      for (int c = 0; c < run; c++) {
        FloatVector w0 = FloatVector.fromArray(S, weights, w + c * 16 + 0);
        FloatVector w1 = FloatVector.fromArray(S, weights, w + c * 16 + 4);
        FloatVector w2 = FloatVector.fromArray(S, weights, w + c * 16 + 8);
        FloatVector w3 = FloatVector.fromArray(S, weights, w + c * 16 + 12);
        FloatVector v0 = FloatVector.broadcast(S, arena[x0 + c]);
        y0_0 = v0.fma(w0, y0_0);
        y0_1 = v0.fma(w1, y0_1);
        y0_2 = v0.fma(w2, y0_2);
        y0_3 = v0.fma(w3, y0_3);
      }
      y0_0.intoArray(arena, sums + 0);
      y0_1.intoArray(arena, sums + 4);
      y0_2.intoArray(arena, sums + 8);
      y0_3.intoArray(arena, sums + 12);
    }
  }

  /** Kernels without vectors: the same sums in the same order. */
  final class Scalar extends Common {
    /** Outputs whose weights lie side by side. */
    private final int convPanel;

    /** Outputs whose weights lie side by side. */
    private final int fcPanel;

    Scalar(float[] arena, float[] weights, int scratch, int workers, int lanes) {
      super(arena, weights, scratch, workers);
      convPanel = Tile.widest(Tile.Use.CONV, lanes);
      fcPanel = Tile.widest(Tile.Use.FC, lanes);
    }

    @Override
    public void planarConvOf6Tanh(View x, Window window, int band, int w, int bias, View y,
        int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int line = Math.min(convPanel, 16);
      int reads = list(x, window, x.channels(), at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int last = y.width() - 1;
      for (int first = from; first < upTo; first += band) {
        int end = Math.min(first + band, upTo);
        for (int row = first; row < end; row += 2) {
          int down = row + 1 < end ? 1 : 0;
          for (int column = 0; column < y.width(); column += 1) {
            int start = Math.min(column, last);
            int x0 = corner + row * window.strideHeight() * x.line() + start;
            int x1 = x0 + down * window.strideHeight() * x.line();
            int y0 = y.offset() + row * y.line() + start;
            int y1 = y0 + down * y.line();
            planarRowsOf4(at, reads, x0, x1, w, line, bias, y0, y1, y.plane());
            planarRowsOf2(at, reads, x0, x1, w + 4 / line * line * reads + 4 % line, line, bias
                + 4, y0 + 4 * y.plane(), y1 + 4 * y.plane(), y.plane());
          }
        }
        int rows = y.line() == y.width() ? end - first : 1;
        for (int channel = 0; channel < y.channels(); channel++) {
          int y0 = y.offset() + channel * y.plane();
          for (int row = first; row < end; row += rows) {
            tanhAlong(y0 + row * y.line(), rows * y.width());
          }
        }
      }
    }

    /** A vector of each of two rows, 4 outputs. */
    final void planarRowsOf4(int[] at, int reads, int x0, int x1, int w, int line, int bias, int y0,
        int y1, int plane) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      float sum0_0 = weights[bias + 0];
      float sum1_0 = weights[bias + 0];
      float sum0_1 = weights[bias + 1];
      float sum1_1 = weights[bias + 1];
      float sum0_2 = weights[bias + 2];
      float sum1_2 = weights[bias + 2];
      float sum0_3 = weights[bias + 3];
      float sum1_3 = weights[bias + 3];
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        float v0 = arena[x0 + read];
        float v1 = arena[x1 + read];
        float w0 = weights[w + c * line + 0];
        sum0_0 = Fma.fma(v0, w0, sum0_0);
        sum1_0 = Fma.fma(v1, w0, sum1_0);
        float w1 = weights[w + c * line + 1];
        sum0_1 = Fma.fma(v0, w1, sum0_1);
        sum1_1 = Fma.fma(v1, w1, sum1_1);
        float w2 = weights[w + c * line + 2];
        sum0_2 = Fma.fma(v0, w2, sum0_2);
        sum1_2 = Fma.fma(v1, w2, sum1_2);
        float w3 = weights[w + c * line + 3];
        sum0_3 = Fma.fma(v0, w3, sum0_3);
        sum1_3 = Fma.fma(v1, w3, sum1_3);
      }
      arena[y0 + 0 * plane] = sum0_0;
      arena[y1 + 0 * plane] = sum1_0;
      arena[y0 + 1 * plane] = sum0_1;
      arena[y1 + 1 * plane] = sum1_1;
      arena[y0 + 2 * plane] = sum0_2;
      arena[y1 + 2 * plane] = sum1_2;
      arena[y0 + 3 * plane] = sum0_3;
      arena[y1 + 3 * plane] = sum1_3;
    }

    /** A vector of each of two rows, 2 outputs. */
    final void planarRowsOf2(int[] at, int reads, int x0, int x1, int w, int line, int bias, int y0,
        int y1, int plane) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      float sum0_0 = weights[bias + 0];
      float sum1_0 = weights[bias + 0];
      float sum0_1 = weights[bias + 1];
      float sum1_1 = weights[bias + 1];
      for (int c = 0; c < reads; c++) {
        int read = at[SEGMENTS + c];
        float v0 = arena[x0 + read];
        float v1 = arena[x1 + read];
        float w0 = weights[w + c * line + 0];
        sum0_0 = Fma.fma(v0, w0, sum0_0);
        sum1_0 = Fma.fma(v1, w0, sum1_0);
        float w1 = weights[w + c * line + 1];
        sum0_1 = Fma.fma(v0, w1, sum0_1);
        sum1_1 = Fma.fma(v1, w1, sum1_1);
      }
      arena[y0 + 0 * plane] = sum0_0;
      arena[y1 + 0 * plane] = sum1_0;
      arena[y0 + 1 * plane] = sum0_1;
      arena[y1 + 1 * plane] = sum1_1;
    }

    /** The activation {@code tanh} of a vector of floats or more, in place. */
    final void tanhAlong(int y, int floats) {
      final float[] arena = this.arena;
      int end = floats - 1;
      float last = tanh(arena[y + end]);
      for (int i = 0; i < end; i += 1) {
        arena[y + i] = tanh(arena[y + i]);
      }
      arena[y + end] = last;
    }

    /** tanh by a rational minimax on [-7.99, 7.99], as in Eigen and XLA. */
    static float tanh(float x) {
      float t = atLeast(atMost(x, 7.99881172180175781f), -7.99881172180175781f);
      float s = (t * t);
      float p = -2.76076847742355e-16f;
      p = Fma.fma(p, s, 2.00018790482477e-13f);
      p = Fma.fma(p, s, -8.60467152213735e-11f);
      p = Fma.fma(p, s, 5.12229709037114e-08f);
      p = Fma.fma(p, s, 1.48572235717979e-05f);
      p = Fma.fma(p, s, 6.37261928875436e-04f);
      p = Fma.fma(p, s, 4.89352455891786e-03f);
      float q = 1.19825839466702e-06f;
      q = Fma.fma(q, s, 1.18534705686654e-04f);
      q = Fma.fma(q, s, 2.26843463243900e-03f);
      q = Fma.fma(q, s, 4.89352518554385e-03f);
      return ((t * p) / q);
    }

    /** x, or the bound where x is below; NaN stays. */
    static float atLeast(float x, float bound) {
      return x < bound ? bound : x;
    }

    /** x, or the bound where x is above; NaN stays. */
    static float atMost(float x, float bound) {
      return x > bound ? bound : x;
    }

    @Override
    public void planarAveragePool2x2By2(View x, Window window, View y, int from, int upTo) {
      final float[] arena = this.arena;
      int below = window.dilationHeight() * x.line();
      for (int channel = 0; channel < y.channels(); channel++) {
        for (int row = from; row < upTo; row++) {
          int line = x.offset() + channel * x.plane() + row * window.strideHeight() * x.line();
          int y0 = y.offset() + channel * y.plane() + row * y.line();
          int column = 0;
          for (; column <= y.width() - 1; column += 1) {
            int x0 = line + column * 2;
            float sum0 = arena[x0 + 0];
            sum0 = (sum0 + arena[x0 + 1]);
            sum0 = (sum0 + arena[x0 + 1 * below + 0]);
            sum0 = (sum0 + arena[x0 + 1 * below + 1]);
            arena[y0 + column] = (sum0 / 4f);
          }
        }
      }
    }

    @Override
    public void convOfStrips10x5(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int reads = listByChannels(x, window, at);
      int corner = x.offset() - window.top() * x.line() - window.left();
      int to = 16;
      int band = BLOCK / y.width();
      for (int first = from; first < upTo; first += band) {
        int count = Math.min(band, upTo - first) * y.width();
        locate(corner, x.line(), 1, window, residual, y, first, 0, count, at);
        int k = 0;
        for (; k + 4 <= to; k += 4) {
          listedPanel2x4(at, count, reads, w + (k - k % convPanel) * reads + k % convPanel,
              Math.min(convPanel, to - k + k % convPanel), bias + k, k, finish, sums);
        }
      }
    }

    /** All pixels of a block, 4 outputs from k on. */
    final void listedPanel2x4(int[] at, int count, int reads, int w, int line, int bias, int k,
        Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        listedMultiply2x4(at, first, unit, reads, w, line, bias, sums);
        finish(finish, at, first, k, unit, 4, sums);
      }
    }

    /** The sums of {@code count} pixels, listed from {@code first} on, and 4 outputs. */
    final void listedMultiply2x4(int[] at, int first, int count, int reads, int w, int line,
        int bias, int sums) {
      int p = 0;
      for (; p + 1 < count; p += 2) {
        listedGemm2x4(at, first + p, reads, w, line, bias, sums + p * 4);
      }
      for (; p < count; p += 1) {
        listedGemm1x4(at, first + p, reads, w, line, bias, sums + p * 4);
      }
    }

    /**
     * 2 pixels by 4 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm2x4(int[] at, int p, int reads, int w, int line, int bias, int sums) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      int x1 = at[p + 1];
      float b0 = weights[bias + 0];
      float b1 = weights[bias + 1];
      float b2 = weights[bias + 2];
      float b3 = weights[bias + 3];
      int read = at[SEGMENTS];
      float w0 = weights[w + 0];
      float w1 = weights[w + 1];
      float w2 = weights[w + 2];
      float w3 = weights[w + 3];
      float v0 = arena[x0 + read];
      float y0_0 = Fma.fma(v0, w0, b0);
      float y0_1 = Fma.fma(v0, w1, b1);
      float y0_2 = Fma.fma(v0, w2, b2);
      float y0_3 = Fma.fma(v0, w3, b3);
      float v1 = arena[x1 + read];
      float y1_0 = Fma.fma(v1, w0, b0);
      float y1_1 = Fma.fma(v1, w1, b1);
      float y1_2 = Fma.fma(v1, w2, b2);
      float y1_3 = Fma.fma(v1, w3, b3);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = weights[w + c * line + 0];
        w1 = weights[w + c * line + 1];
        w2 = weights[w + c * line + 2];
        w3 = weights[w + c * line + 3];
        v0 = arena[x0 + read];
        y0_0 = Fma.fma(v0, w0, y0_0);
        y0_1 = Fma.fma(v0, w1, y0_1);
        y0_2 = Fma.fma(v0, w2, y0_2);
        y0_3 = Fma.fma(v0, w3, y0_3);
        v1 = arena[x1 + read];
        y1_0 = Fma.fma(v1, w0, y1_0);
        y1_1 = Fma.fma(v1, w1, y1_1);
        y1_2 = Fma.fma(v1, w2, y1_2);
        y1_3 = Fma.fma(v1, w3, y1_3);
      }
      arena[sums + 0] = y0_0;
      arena[sums + 1] = y0_1;
      arena[sums + 2] = y0_2;
      arena[sums + 3] = y0_3;
      arena[sums + 4] = y1_0;
      arena[sums + 5] = y1_1;
      arena[sums + 6] = y1_2;
      arena[sums + 7] = y1_3;
    }

    /**
     * 1 pixel by 4 vectors of outputs: {@code sums[i][k] = bias[k] + sum of x[i][read] *
     * w[c][k]} over the list of reads.
     */
    final void listedGemm1x4(int[] at, int p, int reads, int w, int line, int bias, int sums) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0];
      float b0 = weights[bias + 0];
      float b1 = weights[bias + 1];
      float b2 = weights[bias + 2];
      float b3 = weights[bias + 3];
      int read = at[SEGMENTS];
      float w0 = weights[w + 0];
      float w1 = weights[w + 1];
      float w2 = weights[w + 2];
      float w3 = weights[w + 3];
      float v0 = arena[x0 + read];
      float y0_0 = Fma.fma(v0, w0, b0);
      float y0_1 = Fma.fma(v0, w1, b1);
      float y0_2 = Fma.fma(v0, w2, b2);
      float y0_3 = Fma.fma(v0, w3, b3);
      for (int c = 1; c < reads; c++) {
        read = at[SEGMENTS + c];
        w0 = weights[w + c * line + 0];
        w1 = weights[w + c * line + 1];
        w2 = weights[w + c * line + 2];
        w3 = weights[w + c * line + 3];
        v0 = arena[x0 + read];
        y0_0 = Fma.fma(v0, w0, y0_0);
        y0_1 = Fma.fma(v0, w1, y0_1);
        y0_2 = Fma.fma(v0, w2, y0_2);
        y0_3 = Fma.fma(v0, w3, y0_3);
      }
      arena[sums + 0] = y0_0;
      arena[sums + 1] = y0_1;
      arena[sums + 2] = y0_2;
      arena[sums + 3] = y0_3;
    }

    /** What a layer does to the sums of {@code pixels} pixels by {@code width} outputs. */
    final void finish(Lenet5.Finish finish, int[] at, int p, int k, int pixels, int width,
        int sums) {
      int last = p + pixels - 1;
      int reach = (pixels - 1) * width;
      if (at[PLACES + last] - at[PLACES + p] == reach
          && at[2 * PLACES + last] - at[2 * PLACES + p] == reach) {
        finishDense(finish, at[PLACES + p] + k, at[2 * PLACES + p] + k, sums, reach + width);
        return;
      }
      switch (finish) {
        case TANH -> finishTanh(at, p, k, pixels, width, sums);
        case STORE -> finishStore(at, p, k, pixels, width, sums);
      }
    }

    /** Stores the sums of a tile, through {@code tanh}. */
    final void finishTanh(int[] at, int p, int k, int pixels, int width, int sums) {
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 1) {
          float sum = arena[sums + i * width + j];
          arena[y + j] = tanh(sum);
        }
      }
    }

    /** Stores the sums of a tile. */
    final void finishStore(int[] at, int p, int k, int pixels, int width, int sums) {
      if (width == 4) {
        for (int i = 0; i < pixels; i++) {
          int s = sums + i * width;
          int y = at[PLACES + p + i] + k;
          float y0 = arena[s];
          float y1 = arena[s + 1];
          float y2 = arena[s + 2];
          float y3 = arena[s + 3];
          arena[y] = y0;
          arena[y + 1] = y1;
          arena[y + 2] = y2;
          arena[y + 3] = y3;
        }
        return;
      }
      for (int i = 0; i < pixels; i++) {
        int y = at[PLACES + p + i] + k;
        for (int j = 0; j < width; j += 1) {
          float sum = arena[sums + i * width + j];
          arena[y + j] = sum;
        }
      }
    }

    /** What a layer does to sums that lie side by side, as results and residuals do. */
    final void finishDense(Lenet5.Finish finish, int y, int r, int sums, int floats) {
      switch (finish) {
        case TANH -> finishTanhDense(y, r, sums, floats);
        case STORE -> finishStoreDense(y, r, sums, floats);
      }
    }

    /** As {@code finishTanh}, for sums and results side by side. */
    final void finishTanhDense(int y, int r, int sums, int floats) {
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 1) {
        arena[y + j] = tanh(arena[sums + j]);
      }
    }

    /** As {@code finishStore}, for sums and results side by side. */
    final void finishStoreDense(int y, int r, int sums, int floats) {
      final float[] arena = this.arena;
      for (int j = 0; j < floats; j += 1) {
        arena[y + j] = arena[sums + j];
      }
    }

    @Override
    public void averagePool(View x, Window window, boolean countPadding, View y, int from,
        int upTo) {
      for (int row = from; row < upTo; row++) {
        int top = row * window.strideHeight() - window.top();
        int i0 = start(top, window.dilationHeight());
        int i1 = end(top, window.dilationHeight(), x.height(), window.height());
        for (int column = 0; column < y.width(); column++) {
          int left = column * window.strideWidth() - window.left();
          int j0 = start(left, window.dilationWidth());
          int j1 = end(left, window.dilationWidth(), x.width(), window.width());
          int x0 = x.offset() + top * x.line() + left * x.pixel();
          int y0 = y.offset() + row * y.line() + column * y.pixel();
          int counted = (i1 - i0) * (j1 - j0);
          if (countPadding) {
            int below = x.height() + window.bottom();
            int beyond = x.width() + window.right();
            counted =
                end(top, window.dilationHeight(), below, window.height())
                    * end(left, window.dilationWidth(), beyond, window.width());
          }
          int c = 0;
          for (; c < y.channels() - 3 * 1; c += 4 * 1) {
            float sum0 = 0f;
            float sum1 = 0f;
            float sum2 = 0f;
            float sum3 = 0f;
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = (sum0 + arena[at + 0 * 1]);
                sum1 = (sum1 + arena[at + 1 * 1]);
                sum2 = (sum2 + arena[at + 2 * 1]);
                sum3 = (sum3 + arena[at + 3 * 1]);
              }
            }
            arena[y0 + c + 0 * 1] = (sum0 / counted);
            arena[y0 + c + 1 * 1] = (sum1 / counted);
            arena[y0 + c + 2 * 1] = (sum2 / counted);
            arena[y0 + c + 3 * 1] = (sum3 / counted);
          }
          for (; c < y.channels(); c += 1) {
            float sum0 = 0f;
            for (int i = i0; i < i1; i++) {
              int line = x0 + i * window.dilationHeight() * x.line() + c;
              for (int j = j0; j < j1; j++) {
                int at = line + j * window.dilationWidth() * x.pixel();
                sum0 = (sum0 + arena[at + 0 * 1]);
              }
            }
            arena[y0 + c + 0 * 1] = (sum0 / counted);
          }
        }
      }
    }

    @Override
    public void fc(View x, Window window, int w, int bias, View residual, View y,
        Lenet5.Finish finish, int from, int upTo, int worker) {
      int[] at = this.at[worker];
      int sums = scratch + worker * SCRATCH;
      int segments = segment(x.line(), x.pixel(), x.channels(), window, at);
      int reduction = window.taps() * x.channels();
      int run = reduction / segments;
      int to = Math.min(upTo * 128, (y.channels() + 15) & -16);
      int count = 1;
      at[0] = x.offset();
      at[PLACES] = y.offset();
      at[2 * PLACES] = residual.offset();
      int k = from * 128;
      for (; k + 8 <= to; k += 8) {
        panel1x8(at, count, segments, run, w + (k - k % fcPanel) * reduction + k % fcPanel,
            Math.min(fcPanel, to - k + k % fcPanel), bias + k, k, finish, sums);
      }
    }

    /** All pixels of a block, 8 outputs from k on. */
    final void panel1x8(int[] at, int count, int segments, int run, int w, int line, int bias,
        int k, Lenet5.Finish finish, int sums) {
      int unit;
      for (int first = 0; first < count; first += unit) {
        int left = count - first;
        unit = left == UNIT + 1 ? left : Math.min(UNIT, left);
        multiply1x8(at, first, unit, at[SEGMENTS], run, w, line, bias, sums);
        for (int s = 1; s < segments; s++) {
          accumulate1x8(at, first, unit, at[SEGMENTS + s], run, w + s * run * line, line, sums,
              sums);
        }
        finish(finish, at, first, k, unit, 8, sums);
      }
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 8 outputs: to
     * {@code weights[from + k]}.
     */
    final void multiply1x8(int[] at, int first, int count, int segment, int run, int w, int line,
        int from, int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        gemm1x8(at, first + p, segment, run, w, line, from, sums + p * 8);
      }
    }

    /**
     * 1 pixel by 8 vectors of outputs: {@code sums[i][k] = weights[from + k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void gemm1x8(int[] at, int p, int segment, int run, int w, int line, int from, int sums) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      float b0 = weights[from + 0];
      float b1 = weights[from + 1];
      float b2 = weights[from + 2];
      float b3 = weights[from + 3];
      float b4 = weights[from + 4];
      float b5 = weights[from + 5];
      float b6 = weights[from + 6];
      float b7 = weights[from + 7];
      float w0 = weights[w + 0];
      float w1 = weights[w + 1];
      float w2 = weights[w + 2];
      float w3 = weights[w + 3];
      float w4 = weights[w + 4];
      float w5 = weights[w + 5];
      float w6 = weights[w + 6];
      float w7 = weights[w + 7];
      float v0 = arena[x0];
      float y0_0 = Fma.fma(v0, w0, b0);
      float y0_1 = Fma.fma(v0, w1, b1);
      float y0_2 = Fma.fma(v0, w2, b2);
      float y0_3 = Fma.fma(v0, w3, b3);
      float y0_4 = Fma.fma(v0, w4, b4);
      float y0_5 = Fma.fma(v0, w5, b5);
      float y0_6 = Fma.fma(v0, w6, b6);
      float y0_7 = Fma.fma(v0, w7, b7);
      for (int c = 1; c < run; c++) {
        w0 = weights[w + c * line + 0];
        w1 = weights[w + c * line + 1];
        w2 = weights[w + c * line + 2];
        w3 = weights[w + c * line + 3];
        w4 = weights[w + c * line + 4];
        w5 = weights[w + c * line + 5];
        w6 = weights[w + c * line + 6];
        w7 = weights[w + c * line + 7];
        v0 = arena[x0 + c];
        y0_0 = Fma.fma(v0, w0, y0_0);
        y0_1 = Fma.fma(v0, w1, y0_1);
        y0_2 = Fma.fma(v0, w2, y0_2);
        y0_3 = Fma.fma(v0, w3, y0_3);
        y0_4 = Fma.fma(v0, w4, y0_4);
        y0_5 = Fma.fma(v0, w5, y0_5);
        y0_6 = Fma.fma(v0, w6, y0_6);
        y0_7 = Fma.fma(v0, w7, y0_7);
      }
      arena[sums + 0] = y0_0;
      arena[sums + 1] = y0_1;
      arena[sums + 2] = y0_2;
      arena[sums + 3] = y0_3;
      arena[sums + 4] = y0_4;
      arena[sums + 5] = y0_5;
      arena[sums + 6] = y0_6;
      arena[sums + 7] = y0_7;
    }

    /**
     * The product of {@code count} pixels, listed from {@code first} on, with 8 outputs: to
     * {@code sums[from][i][k]}.
     */
    final void accumulate1x8(int[] at, int first, int count, int segment, int run, int w, int line,
        int from, int sums) {
      int p = 0;
      for (; p < count; p += 1) {
        accumulateGemm1x8(at, first + p, segment, run, w, line, from + p * 8, sums + p * 8);
      }
    }

    /**
     * 1 pixel by 8 vectors of outputs: {@code sums[i][k] = sums[from][i][k] + sum of x[i][c] *
     * w[c][k]} over a run of channels, in order.
     */
    final void accumulateGemm1x8(int[] at, int p, int segment, int run, int w, int line, int from,
        int sums) {
      final float[] arena = this.arena;
      final float[] weights = this.weights;
      int x0 = at[p + 0] + segment;
      float y0_0 = arena[from + 0];
      float y0_1 = arena[from + 1];
      float y0_2 = arena[from + 2];
      float y0_3 = arena[from + 3];
      float y0_4 = arena[from + 4];
      float y0_5 = arena[from + 5];
      float y0_6 = arena[from + 6];
      float y0_7 = arena[from + 7];
      for (int c = 0; c < run; c++) {
        float w0 = weights[w + c * line + 0];
        float w1 = weights[w + c * line + 1];
        float w2 = weights[w + c * line + 2];
        float w3 = weights[w + c * line + 3];
        float w4 = weights[w + c * line + 4];
        float w5 = weights[w + c * line + 5];
        float w6 = weights[w + c * line + 6];
        float w7 = weights[w + c * line + 7];
        float v0 = arena[x0 + c];
        y0_0 = Fma.fma(v0, w0, y0_0);
        y0_1 = Fma.fma(v0, w1, y0_1);
        y0_2 = Fma.fma(v0, w2, y0_2);
        y0_3 = Fma.fma(v0, w3, y0_3);
        y0_4 = Fma.fma(v0, w4, y0_4);
        y0_5 = Fma.fma(v0, w5, y0_5);
        y0_6 = Fma.fma(v0, w6, y0_6);
        y0_7 = Fma.fma(v0, w7, y0_7);
      }
      arena[sums + 0] = y0_0;
      arena[sums + 1] = y0_1;
      arena[sums + 2] = y0_2;
      arena[sums + 3] = y0_3;
      arena[sums + 4] = y0_4;
      arena[sums + 5] = y0_5;
      arena[sums + 6] = y0_6;
      arena[sums + 7] = y0_7;
    }
  }
}
