package dev.cnnc.runtime.weights;

import dev.cnnc.runtime.Simd;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one array of weights that kernels read, in the order for the vector width of this machine. It
 * is never written again, so any number of networks share it.
 */
public final class PackedWeights {
  private final float[] values;
  private final int lanes;
  private final List<String> labels;

  private PackedWeights(float[] values, int lanes, List<String> labels) {
    this.values = values;
    this.lanes = lanes;
    this.labels = labels;
  }

  /**
   * Reads the weights file of a class.
   *
   * @param resource its name, as for {@link Class#getResource}
   * @param hash of the model of the class
   * @throws WeightsException if the file is missing, incomplete, or belongs to another class
   */
  public static PackedWeights load(Class<?> anchor, String resource, String hash) {
    return load(anchor.getResource(resource), resource + " of " + anchor.getName(), hash);
  }

  /**
   * Reads a file that the class itself looked up, because no other class may see it in a named
   * module.
   *
   * @param resource from {@link Class#getResource}, null if there was none
   * @param origin name of the file in messages
   * @param hash of the model of the class
   * @throws WeightsException if the file is missing, incomplete, or belongs to another class
   */
  @SuppressWarnings("exports") // Only the compiler reads the annotation.
  public static PackedWeights load(@Nullable URL resource, String origin, String hash) {
    if (resource == null) {
      throw new WeightsException(
          "Weights %s are missing. Copy the generated file into the folder of the class, or open"
                  .formatted(origin)
              + " the package to module dev.cnnc.runtime.");
    }
    try {
      URLConnection connection = resource.openConnection();
      // Otherwise the archive with the file would stay open.
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return read(in, connection.getContentLengthLong(), origin, hash);
      }
    } catch (IOException e) {
      throw new WeightsException("Weights %s cannot be read: %s".formatted(origin, e), e);
    }
  }

  /**
   * Reads a weights file from any stream.
   *
   * @param length of the stream in bytes, or negative if unknown
   * @param origin name of the file in messages
   * @param hash of the model of the class
   * @throws WeightsException if the file is incomplete or belongs to another class
   */
  public static PackedWeights read(InputStream in, long length, String origin, String hash) {
    return WeightsReader.read(in, length, origin, hash, Simd.lanes());
  }

  /**
   * Packs weights without a file.
   *
   * @throws IllegalArgumentException if a tensor is missing or shapes do not match
   */
  public static PackedWeights of(WeightsFile file, TensorSource source) {
    return of(file, source, Simd.lanes());
  }

  /**
   * Packs weights for another vector width than that of this machine.
   *
   * @throws IllegalArgumentException if a tensor is missing or shapes do not match
   */
  public static PackedWeights of(WeightsFile file, TensorSource source, int lanes) {
    float[] values = new float[file.floats()];
    Evaluator evaluator = new Evaluator(source);
    for (WeightsFile.Packed packed : file.packed()) {
      packed.layout().pack(evaluator.rows(packed.recipe()), values, packed.offset(), lanes);
    }
    return new PackedWeights(values, lanes, file.labels());
  }

  /** The array itself. Writing into it damages every network that shares it. */
  public float[] values() {
    return values;
  }

  /** Floats of the vectors that the order is for: 16, 8, 4, or 1 for scalar code. */
  public int lanes() {
    return lanes;
  }

  /** Names of the classes, or empty. */
  public List<String> labels() {
    return labels;
  }
}
