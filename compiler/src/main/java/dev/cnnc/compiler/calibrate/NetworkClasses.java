package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import java.util.Map;

/** Where the classes of the networks of a calibration come from. */
interface NetworkClasses {

  /**
   * The class of a network, and its kernels.
   *
   * @param name of the class, in the package without a name
   * @param classes class files by binary name
   */
  record Compiled(String name, Map<String, byte[]> classes) {
    public Compiled {
      classes = Map.copyOf(classes);
    }
  }

  /** Of one network, after the passes. */
  Compiled of(Network improved);
}
