package dev.cnnc.runtime;

import java.lang.System.Logger.Level;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * The vector width of this machine. Decided once. Tells a {@link System.Logger} only if kernels are
 * slower than they could be.
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
   * @throws IllegalArgumentException if the property forces a width that does not exist
   */
  public static int lanes() {
    return LANES > 0 ? LANES : choice().lanes();
  }

  /** Whether the property forces a width: then no other kernels run. */
  static boolean isForced() {
    return System.getProperty(PROPERTY) != null;
  }

  /**
   * The width, or 0 if the property is wrong: an exception while a class is loaded would hide its
   * message.
   */
  private static int decide() {
    try {
      SimdChoice choice = choice();
      choice.note().ifPresent(Simd::warn);
      return choice.lanes();
    } catch (IllegalArgumentException wrong) {
      return 0;
    }
  }

  private static SimdChoice choice() {
    return SimdChoice.of(
        Optional.ofNullable(System.getProperty(PROPERTY)),
        hasModule() ? Vectors.lanes() : 0,
        Fma.hardware(),
        hasC2(System.getProperty("java.vm.info", ""))
            && (Runtime.version().feature() < 26 || Gauges.reachC2()));
  }

  /**
   * Whether the JVM has the compiler that makes instructions of vectors.
   *
   * @param modes of the JVM, as it tells them in words; Java 27 does not tell of an early stop
   */
  static boolean hasC2(String modes) {
    return !modes.contains("interpreted") && !modes.contains("emulated-client");
  }

  /** Tells why kernels are slower than they could be. No logger is made before there is a need. */
  static void warn(String note) {
    System.getLogger("dev.cnnc.runtime").log(Level.WARNING, note);
  }

  private static boolean hasModule() {
    return ModuleLayer.boot()
        .findModule(MODULE)
        .filter(module -> Simd.class.getModule().canRead(module))
        .isPresent();
  }

  /** Loaded only if the module is present. */
  private static final class Vectors {
    static int lanes() {
      return FloatVector.SPECIES_PREFERRED.length();
    }
  }
}
