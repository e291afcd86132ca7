package dev.cnnc.runtime.weights;

import dev.cnnc.runtime.weights.Format.Kind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes the frame that {@link Format} tells; holds one tensor at a time. */
final class WeightsWriter {
  private WeightsWriter() {}

  static void write(WeightsFile file, TensorSource source, OutputStream to) throws IOException {
    List<Recipe.Stored> tensors = file.tensors();
    boolean synthetic = source instanceof Synthetic;
    Kind kind = synthetic ? Kind.SYNTHETIC : Kind.FLOAT;
    byte[] header = new Header(file, Collections.nCopies(tensors.size(), kind)).encode();
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
        data(source.tensor(tensor.name(), tensor.shape()), out);
      }
    }
    out.writeInt((int) checksum.getValue());
    out.flush();
  }

  private static void data(float[] elements, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(Format.CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int room = Format.CHUNK / Float.BYTES;
    for (int done = 0; done < elements.length; done += room) {
      int count = Math.min(room, elements.length - done);
      chunk.asFloatBuffer().put(elements, done, count);
      out.write(chunk.array(), 0, count * Float.BYTES);
    }
  }
}
