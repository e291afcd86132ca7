package dev.cnnc.runtime;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * How wide the vectors of this machine are. Decided once; says so on standard error only where
 * something is slower than it need be.
 *
 * <p>The property {@value #PROPERTY} forces a width: {@code 512}, {@code 256}, {@code 128} or
 * {@code scalar}. Results never depend on it.
 */
public final class Simd {
  /** The system property that forces a width. */
  public static final String PROPERTY = "dev.cnnc.simd";

  private static final String MODULE = "jdk.incubator.vector";
  private static final int LANES = decide();

  private Simd() {}

  /** Floats in a vector: 16, 8, 4, or 1 for scalar code, which names no vector type. */
  public static int lanes() {
    return LANES;
  }

  private static int decide() {
    int widest = hasModule() ? Vectors.lanes() : 0;
    SimdChoice choice =
        SimdChoice.of(Optional.ofNullable(System.getProperty(PROPERTY)), widest, Fma.hardware());
    choice.note().ifPresent(note -> System.err.println("cnnc: " + note));
    return choice.lanes();
  }

  private static boolean hasModule() {
    return ModuleLayer.boot()
        .findModule(MODULE)
        .filter(module -> Simd.class.getModule().canRead(module))
        .isPresent();
  }

  /** Loaded only where the module is there. */
  private static final class Vectors {
    static int lanes() {
      return FloatVector.SPECIES_PREFERRED.length();
    }
  }
}
