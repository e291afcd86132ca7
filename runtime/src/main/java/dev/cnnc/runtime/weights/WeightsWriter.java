package dev.cnnc.runtime.weights;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes the format that {@link Format} describes, with one tensor in memory at a time. */
final class WeightsWriter {
  private WeightsWriter() {}

  static void write(WeightsFile file, TensorSource source, Storage storage, OutputStream to)
      throws IOException {
    List<Recipe.Stored> tensors = file.tensors();
    boolean synthetic = source instanceof Synthetic;
    byte[] header = new Header(file, storage, synthetic).encode();
    if (header.length > Format.LARGEST_HEADER) {
      throw new IllegalArgumentException(
          "a header of %s bytes: the format ends at %s"
              .formatted(header.length, Format.LARGEST_HEADER));
    }
    CRC32C checksum = new CRC32C();
    DataOutputStream out = new DataOutputStream(new CheckedOutputStream(to, checksum));
    out.writeLong(Format.MAGIC);
    out.writeInt(Format.VERSION);
    out.writeInt(header.length);
    out.write(header);
    out.writeInt((int) checksum.getValue());
    if (!synthetic) {
      for (Recipe.Stored tensor : tensors) {
        data(source.tensor(tensor.name(), tensor.shape()), storage, storage.bytes(tensor), out);
      }
    }
    out.writeInt((int) checksum.getValue());
    out.flush();
  }

  private static void data(float[] elements, Storage storage, int size, OutputStream out)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(Format.CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int room = Format.CHUNK / size;
    for (int done = 0; done < elements.length; done += room) {
      int count = Math.min(room, elements.length - done);
      if (size == Float.BYTES) {
        chunk.asFloatBuffer().put(elements, done, count);
      } else {
        for (int at = 0; at < count; at++) {
          chunk.putShort(at * Short.BYTES, storage.encoded(elements[done + at]));
        }
      }
      out.write(chunk.array(), 0, count * size);
    }
  }
}
