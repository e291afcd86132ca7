package dev.cnnc.compiler.onnx.read;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Maps elements from another file, which must be in the model's folder or below, or in the cache
 * from which that folder is linked, so that a foreign model cannot read other files.
 *
 * @param tensor for messages
 */
record ExternalData(Optional<Path> folder, String tensor) {

  /** Maps {@code bytes} bytes at the place in the entries. */
  MemorySegment map(Map<String, String> entries, long bytes) {
    String location = entries.getOrDefault("location", "");
    long offset = number(entries, "offset", 0);
    long length = number(entries, "length", bytes);
    if (length != bytes) {
      throw new OnnxException(
          "%s needs %s bytes, but declares that %s has %s"
              .formatted(tensor, bytes, location, length));
    }
    Path file = file(location);
    if (!Files.isRegularFile(file)) {
      throw new OnnxException(
          "%s needs the file %s, which is not a file".formatted(tensor, location));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() || length > channel.size() - offset) {
        throw new OnnxException(
            "%s needs bytes %s to %s of %s, which has %s"
                .formatted(tensor, offset, offset + length, location, channel.size()));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length, Arena.ofAuto());
    } catch (IOException problem) {
      throw new OnnxException(
          "%s needs the file %s, which cannot be read: %s"
              .formatted(tensor, location, problem.getMessage()));
    }
  }

  private long number(Map<String, String> entries, String key, long otherwise) {
    String text = entries.getOrDefault(key, Long.toString(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new OnnxException("%s has an invalid %s for its data: %s".formatted(tensor, key, text));
  }

  /**
   * Whether a folder of a download cache has a link to a file: as Hugging Face keeps them, the
   * names are links under {@code snapshots}, and the files lie in {@code blobs} beside it.
   */
  private static boolean isOfCache(Path folder, Path target) {
    for (Path each = folder; each != null; each = each.getParent()) {
      if (each.endsWith("snapshots") && target.startsWith(each.resolveSibling("blobs"))) {
        return true;
      }
    }
    return false;
  }

  /** Follows links first, because their target decides. */
  private Path file(String location) {
    Path parent =
        folder.orElseThrow(() -> new OnnxException(tensor + " has its data in another file"));
    try {
      Path real = parent.toRealPath();
      Path file = real.resolve(location).normalize();
      if (!location.isEmpty() && file.startsWith(real)) {
        Path target = file.toRealPath();
        if (target.startsWith(real) || isOfCache(real, target)) {
          return file;
        }
      }
    } catch (InvalidPathException _) {
      // told below
    } catch (IOException problem) {
      throw new OnnxException(
          "%s needs the file %s, which does not exist".formatted(tensor, location));
    }
    throw new OnnxException(
        "%s needs the file %s: data must be in the folder of the model"
            .formatted(tensor, location));
  }
}
