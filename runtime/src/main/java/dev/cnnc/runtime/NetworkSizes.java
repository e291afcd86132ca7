package dev.cnnc.runtime;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The base class of generated networks whose input has several sizes: an instance for each size,
 * over the same weights. An instance is made when it is asked for the first time.
 *
 * <p>As with a single instance, one thread at a time may run it, and forks serve others.
 */
public abstract non-sealed class NetworkSizes implements GeneratedNetwork {
  private final List<Signature> signatures;
  private final @Nullable CompiledNetwork[] instances;
  private final @Nullable NetworkSizes origin;
  private boolean closed;

  /** No instance yet. */
  protected NetworkSizes(Signature... signatures) {
    this.signatures = List.of(signatures);
    this.instances = new CompiledNetwork[signatures.length];
    this.origin = null;
  }

  /** One whose instances are forks of those of {@code origin}. */
  protected NetworkSizes(NetworkSizes origin) {
    this.signatures = origin.signatures;
    this.instances = new CompiledNetwork[signatures.size()];
    this.origin = origin;
  }

  /** A new instance for a size. */
  protected abstract CompiledNetwork make(int size);

  /** A fork of the instance for a size. */
  protected abstract CompiledNetwork fork(int size, CompiledNetwork instance);

  /** What each size takes and gives, in the order of the file. */
  public final List<Signature> signatures() {
    return signatures;
  }

  /** The instance for a size, counted from 0 in the order of the file. */
  public final synchronized CompiledNetwork at(int size) {
    if (closed) {
      throw new IllegalStateException(name() + " is closed: load it again");
    }
    return instance(size);
  }

  private synchronized CompiledNetwork instance(int size) {
    CompiledNetwork known = instances[size];
    if (known == null) {
      known = origin == null ? make(size) : fork(size, origin.instance(size));
      instances[size] = known;
    }
    return known;
  }

  /**
   * Runs the network at the size of the input.
   *
   * @param input in the order channels, rows, columns
   * @return the first output, in the same order
   * @throws IllegalArgumentException if no size has so many numbers, or several have
   */
  public final float[] run(float[] input) {
    return at(sizeOf(input.length)).run(input);
  }

  /** The same; the first output goes to {@code output}. */
  public final void run(float[] input, float[] output) {
    at(sizeOf(input.length)).run(input, output);
  }

  /**
   * Applies the preprocess clause of the file to a picture, at the size for it, runs, and sorts the
   * classes of the first output by probability.
   */
  public final List<Prediction> classify(Picture picture) {
    return at(sizeFor(picture)).classify(picture);
  }

  /** The same for a picture of the JDK. */
  @SuppressWarnings("exports") // Only callers with a BufferedImage need java.desktop.
  public final List<Prediction> classify(BufferedImage picture) {
    return classify(PictureReader.of(picture));
  }

  /**
   * The size for a picture: the smallest that keeps all of it, or the largest.
   *
   * <p>Where all sizes have one height, pictures are brought to that height: a size keeps those
   * that are then no wider than it. Where all have one width, the same holds the other way round.
   * Other sizes keep the pictures that are in no direction larger than they are.
   */
  public final int sizeFor(Picture picture) {
    return sizeFor(signatures, picture);
  }

  /** The same of these sizes. */
  public static int sizeFor(List<Signature> signatures, Picture picture) {
    boolean oneHeight =
        signatures.stream().map(each -> each.input().height()).distinct().count() == 1;
    boolean oneWidth =
        signatures.stream().map(each -> each.input().width()).distinct().count() == 1;
    int best = -1;
    int largest = 0;
    for (int size = 0; size < signatures.size(); size++) {
      View input = signatures.get(size).input();
      long across = (long) picture.width() * input.height();
      long down = (long) picture.height() * input.width();
      boolean keeps =
          oneHeight
              ? across <= down
              : oneWidth
                  ? down <= across
                  : picture.width() <= input.width() && picture.height() <= input.height();
      long pixels = pixels(input);
      if (keeps && (best < 0 || pixels < pixels(signatures.get(best).input()))) {
        best = size;
      }
      largest = pixels > pixels(signatures.get(largest).input()) ? size : largest;
    }
    return best < 0 ? largest : best;
  }

  private static long pixels(View input) {
    return (long) input.height() * input.width();
  }

  private int sizeOf(int length) {
    int found = -1;
    for (int size = 0; size < signatures.size(); size++) {
      if (signatures.get(size).input().size() == length) {
        if (found >= 0) {
          throw new IllegalArgumentException(
              "%s: %s numbers are %s or %s: run at(%s) or at(%s)"
                  .formatted(name(), length, shape(found), shape(size), found, size));
        }
        found = size;
      }
    }
    if (found < 0) {
      throw new IllegalArgumentException(
          "%s: no input has %s numbers; its sizes are %s"
              .formatted(
                  name(),
                  length,
                  signatures.stream()
                      .map(each -> shape(signatures.indexOf(each)))
                      .collect(Collectors.joining(", "))));
    }
    return found;
  }

  private String shape(int size) {
    View input = signatures.get(size).input();
    return List.of(input.channels(), input.height(), input.width()).toString();
  }

  private String name() {
    return signatures.get(0).network();
  }

  /** Closes the instances that were made. Running one afterwards is an error. */
  @Override
  public final synchronized void close() {
    closed = true;
    for (CompiledNetwork instance : instances) {
      if (instance != null) {
        instance.close();
      }
    }
  }
}
