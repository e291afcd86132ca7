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

  /**
   * Floats in a vector: 16, 8, 4, or 1 for scalar code, which names no vector type.
   *
   * @throws IllegalArgumentException if the property forces what there is not
   */
  public static int lanes() {
    return LANES > 0 ? LANES : choice().lanes();
  }

  /** 0 if there is no choice: an exception while a class is loaded would hide its message. */
  private static int decide() {
    try {
      SimdChoice choice = choice();
      choice.note().ifPresent(note -> System.err.println("cnnc: " + note));
      return choice.lanes();
    } catch (IllegalArgumentException _) {
      return 0;
    }
  }

  private static SimdChoice choice() {
    return SimdChoice.of(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        hasModule() ? Vectors.lanes() : 0,
        Fma.hardware());
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
