package dev.cnnc.runtime.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of the weights file of a generated class: how to compute the array that kernels read.
 * Packed tensors do not overlap, and a name has one shape.
 *
 * @param name of the network
 * @param labels names of the classes, or empty
 */
public record WeightsFile(String name, List<String> labels, List<Packed> packed) {

  /** One tensor in the array, {@code layout.size()} floats from {@code offset}. */
  public record Packed(int offset, Layout layout, Recipe recipe) {}

  /**
   * @throws IllegalArgumentException if packed tensors overlap or do not fit into one array, or if
   *     a name has two shapes
   */
  public WeightsFile {
    labels = List.copyOf(labels);
    packed = List.copyOf(packed);
    checkPlaces(packed);
    tensors(packed);
  }

  /**
   * The name of the network and a digest of all layouts and recipes, which the generated class has
   * too. Equal for weights trained anew. A file with this hash makes the array of the class, no
   * larger one.
   */
  public String hash() {
    Encoder out = new Encoder();
    Header.content(this, out);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(out.bytes());
      return name + " " + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Length of the array in floats. */
  public int floats() {
    return packed.stream().mapToInt(each -> each.offset + each.layout.size()).max().orElse(0);
  }

  /** The stored tensors that the recipes use, in the order of their first use. */
  public List<Recipe.Stored> tensors() {
    return tensors(packed);
  }

  /**
   * Writes the file: the same bytes for the same content. A {@link Synthetic} source adds only
   * names and shapes.
   */
  public void write(OutputStream out, TensorSource source) throws IOException {
    write(out, source, Storage.F32);
  }

  /**
   * Writes the file with tensors of two dimensions or more in the format {@code storage}.
   *
   * @param source of numbers that are {@linkplain Storage#rounded rounded} already
   */
  public void write(OutputStream out, TensorSource source, Storage storage) throws IOException {
    WeightsWriter.write(this, source, storage, out);
  }

  /**
   * The length of the file in bytes.
   *
   * @param synthetic whether it is written from a {@link Synthetic} source
   */
  public long bytes(Storage storage, boolean synthetic) {
    Header header = new Header(this, storage, synthetic);
    return Format.PREFIX + header.encode().length + header.dataLength() + 2L * Integer.BYTES;
  }

  private static void checkPlaces(List<Packed> packed) {
    long end = 0;
    for (Packed each : packed.stream().sorted(Comparator.comparingInt(Packed::offset)).toList()) {
      if (each.offset < end) {
        throw new IllegalArgumentException("packed tensors overlap at " + each.offset);
      }
      end = (long) each.offset + each.layout.size();
      if (each.layout.size() < 0 || end > Integer.MAX_VALUE - 64) {
        throw new IllegalArgumentException("packed tensors are too large for one array");
      }
    }
  }

  private static List<Recipe.Stored> tensors(List<Packed> packed) {
    Map<String, Recipe.Stored> tensors = new LinkedHashMap<>();
    for (Packed each : packed) {
      Ingredients.stored(
          each.recipe,
          stored -> {
            Recipe.Stored before = tensors.putIfAbsent(stored.name(), stored);
            if (before != null && !before.equals(stored)) {
              throw new IllegalArgumentException(
                  "tensor %s has shapes %s and %s"
                      .formatted(stored.name(), before.shape(), stored.shape()));
            }
          });
    }
    return new ArrayList<>(tensors.values());
  }
}
