package dev.cnnc.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The kernels that the steps of one instance use: those without vectors, until there are others.
 * Only the thread that runs the network uses it, between two steps, but for {@link #wantVectors}.
 */
final class KernelChoice {
  private final ChangeOver change;
  private boolean waits;

  /** Whether the next run shall take kernels for vectors, compiled or not. */
  private volatile boolean wanted;

  private @Nullable Kernels scalar;
  private @Nullable Kernels vectors;

  KernelChoice(ChangeOver change) {
    this.change = change;
    waits = !change.isReady();
    if (waits) {
      change.joined();
    }
  }

  /** What all forks share. */
  ChangeOver change() {
    return change;
  }

  /** Whether some steps have no vectors yet. */
  boolean waits() {
    return waits;
  }

  /** The kernels that the first step is computed with. */
  Kernels first(NetworkInstance network) {
    return waits ? scalar(network) : vectors(network);
  }

  /** Makes the next run take kernels for vectors, compiled or not. */
  void wantVectors() {
    wanted = true;
  }

  /** A run begins. */
  void begin(NetworkInstance network) {
    if (waits && wanted && !change.isNever()) {
      takeVectors(network);
    }
  }

  /** A run that began without vectors has ended. */
  void end(NetworkInstance network, long nanoseconds) {
    if (waits) {
      change.ran(network, nanoseconds);
    }
  }

  /** Takes the kernels that the next step is fastest with. */
  void before(NetworkInstance network, int step) {
    if (change.isReady()) {
      takeVectors(network);
    } else {
      network.take(change.isReady(step) ? vectors(network) : scalar(network));
    }
  }

  /** The instance needs no vectors any longer. */
  void leave() {
    if (waits) {
      waits = false;
      change.left();
    }
  }

  private void takeVectors(NetworkInstance network) {
    leave();
    network.take(vectors(network));
    scalar = null;
    network.changed();
  }

  private Kernels scalar(NetworkInstance network) {
    Kernels known = scalar;
    if (known == null) {
      known = network.kernels(1);
      scalar = known;
    }
    return known;
  }

  /** The kernels for vectors. */
  Kernels vectors(NetworkInstance network) {
    Kernels known = vectors;
    if (known == null) {
      known = network.kernels(network.packed().lanes());
      vectors = known;
    }
    return known;
  }
}
