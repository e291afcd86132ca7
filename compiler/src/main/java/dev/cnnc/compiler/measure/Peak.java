package dev.cnnc.compiler.measure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic peak of the machine: independent chains of fused multiply-adds at the width in
 * use, without memory access.
 */
public final class Peak {
  /**
   * Two units with a latency of 4 or 5 cycles need 8 to 10 independent chains. 12 chains and both
   * factors fit into 16 registers.
   */
  private static final int CHAINS = 12;

  private static final int LENGTH = 20_000;
  private static final int BURSTS = 200;

  private static final int LANES = MachineVectors.LANES;
  private static final VectorSpecies<Float> S = MachineVectors.SPECIES;

  /** Floating-point operations of one burst. */
  private static final long BURST = 2L * LENGTH * CHAINS * LANES;

  private Peak() {}

  /**
   * Billions of operations that one thread does in a second, from the fastest of many short bursts.
   */
  public static double gigaflops() {
    Times times = new Times();
    float kept = 0;
    for (int i = 0; i < BURSTS; i++) {
      long start = System.nanoTime();
      kept += burst();
      times.add(System.nanoTime() - start);
    }
    if (Float.isNaN(kept)) {
      throw new IllegalStateException("a sum of products of small numbers is no number");
    }
    return times.summary().gigaflops(BURST);
  }

  private static float burst() {
    return LANES == 1 ? scalars(1f, 1e-3f) : vectors(1f, 1e-3f);
  }

  private static float vectors(float first, float second) {
    FloatVector x = FloatVector.broadcast(S, first);
    FloatVector w = FloatVector.broadcast(S, second);
    // Different start values, because the compiler could merge equal chains.
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = y0.add(1f);
    FloatVector y2 = y1.add(1f);
    FloatVector y3 = y2.add(1f);
    FloatVector y4 = y3.add(1f);
    FloatVector y5 = y4.add(1f);
    FloatVector y6 = y5.add(1f);
    FloatVector y7 = y6.add(1f);
    FloatVector y8 = y7.add(1f);
    FloatVector y9 = y8.add(1f);
    FloatVector y10 = y9.add(1f);
    FloatVector y11 = y10.add(1f);
    for (int i = 0; i < LENGTH; i++) {
      y0 = x.fma(w, y0);
      y1 = x.fma(w, y1);
      y2 = x.fma(w, y2);
      y3 = x.fma(w, y3);
      y4 = x.fma(w, y4);
      y5 = x.fma(w, y5);
      y6 = x.fma(w, y6);
      y7 = x.fma(w, y7);
      y8 = x.fma(w, y8);
      y9 = x.fma(w, y9);
      y10 = x.fma(w, y10);
      y11 = x.fma(w, y11);
    }
    FloatVector low = y0.add(y1).add(y2).add(y3).add(y4).add(y5);
    return low.add(y6).add(y7).add(y8).add(y9).add(y10).add(y11).lane(0);
  }

  private static float scalars(float x, float w) {
    float y0 = 0;
    float y1 = 1;
    float y2 = 2;
    float y3 = 3;
    float y4 = 4;
    float y5 = 5;
    float y6 = 6;
    float y7 = 7;
    float y8 = 8;
    float y9 = 9;
    float y10 = 10;
    float y11 = 11;
    for (int i = 0; i < LENGTH; i++) {
      y0 = Math.fma(x, w, y0);
      y1 = Math.fma(x, w, y1);
      y2 = Math.fma(x, w, y2);
      y3 = Math.fma(x, w, y3);
      y4 = Math.fma(x, w, y4);
      y5 = Math.fma(x, w, y5);
      y6 = Math.fma(x, w, y6);
      y7 = Math.fma(x, w, y7);
      y8 = Math.fma(x, w, y8);
      y9 = Math.fma(x, w, y9);
      y10 = Math.fma(x, w, y10);
      y11 = Math.fma(x, w, y11);
    }
    return y0 + y1 + y2 + y3 + y4 + y5 + y6 + y7 + y8 + y9 + y10 + y11;
  }
}
