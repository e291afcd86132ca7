package dev.cnnc.compiler.measure;

import dev.cnnc.runtime.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that measurements of this machine use: those that kernels use. */
final class MachineVectors {
  /** Floats of one; 1 for scalar code. */
  static final int LANES = Simd.lanes();

  /** Not used in the scalar case. */
  static final VectorSpecies<Float> SPECIES =
      switch (LANES) {
        case 16 -> FloatVector.SPECIES_512;
        case 8 -> FloatVector.SPECIES_256;
        default -> FloatVector.SPECIES_128;
      };

  private MachineVectors() {}
}
