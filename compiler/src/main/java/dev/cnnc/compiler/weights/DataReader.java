package dev.cnnc.compiler.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/**
 * Reads elements of usable tensors as floats, a chunk at a time; no file is open between calls.
 *
 * @param start offset of the data in the file
 */
record DataReader(Path file, long start, Complaints complaints) {

  private static final int CHUNK = 1 << 16;

  /** Receives the elements in their order. */
  interface Sink {
    void accept(int index, float element);
  }

  static int count(StoredTensor tensor) {
    int bytes = tensor.elementType().orElseThrow().bytes();
    return Math.toIntExact((tensor.end() - tensor.begin()) / bytes);
  }

  /**
   * Reads the elements, and finds NaN from a failed training.
   *
   * @param masks whether infinity is a number too, as in a mask of attention
   */
  Optional<SafetensorsException> read(StoredTensor tensor, boolean masks, Sink sink) {
    LongSummaryStatistics notFinite = new LongSummaryStatistics();
    ElementType type = tensor.elementType().orElseThrow();
    int count = count(tensor);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(start + tensor.begin());
      for (int index = 0; index < count; ) {
        int now = Math.min(CHUNK / type.bytes(), count - index);
        ChannelPart.readFully(channel, chunk.clear().limit(now * type.bytes()));
        chunk.flip();
        for (int end = index + now; index < end; index++) {
          float element = type.next(chunk);
          if (masks ? Float.isNaN(element) : !Float.isFinite(element)) {
            notFinite.accept(index);
          }
          sink.accept(index, element);
        }
      }
    } catch (IOException e) {
      throw complaints.unreadable(String.valueOf(e.getMessage()));
    }
    return notFinite.getCount() == 0
        ? Optional.empty()
        : Optional.of(
            complaints.notFinite(tensor.name(), notFinite.getCount(), notFinite.getMin()));
  }
}
