package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One array in a file, in the format of numpy.save. Memory for data is allocated only after the
 * header was found to have the expected shape.
 */
final class NpyFile {
  private static final int CHUNK = 1 << 16;

  private NpyFile() {}

  /** The elements of a file with an array of this shape, or of this shape with a leading 1. */
  static float[] read(Path file, Shape wanted) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      NpyHeader header = NpyHeader.read(channel);
      header.require(wanted);
      long bytes = (long) wanted.size() * header.bytes();
      long there = channel.size() - channel.position();
      if (there < bytes) {
        throw new NpyException(
            String.format(
                Locale.ROOT,
                "its header promises %,d bytes of data, but there are %,d",
                bytes,
                there));
      }
      return elements(channel, header.bytes(), wanted.size());
    } catch (NpyException wrong) {
      throw new Failure(file + ": " + wrong.getMessage());
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  /** Which of these shapes the array of a file has, alone or as a batch of one. */
  static OptionalInt fitting(Path file, List<Shape> shapes) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      NpyHeader header = NpyHeader.read(channel);
      return IntStream.range(0, shapes.size()).filter(i -> header.has(shapes.get(i))).findFirst();
    } catch (NpyException wrong) {
      throw new Failure(file + ": " + wrong.getMessage());
    } catch (IOException problem) {
      throw Failure.reading(file, problem);
    }
  }

  private static float[] elements(SeekableByteChannel channel, int size, int count)
      throws IOException {
    float[] elements = new float[count];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count; ) {
      int now = Math.min(CHUNK / size, count - done);
      fill(channel, chunk.clear().limit(now * size));
      for (int index = 0; index < now; index++) {
        elements[done++] = size == Float.BYTES ? chunk.getFloat() : (float) chunk.getDouble();
      }
    }
    return elements;
  }

  /** Fills the buffer from the channel and flips it. */
  static void fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("it ends too early");
      }
    }
    buffer.flip();
  }

  /** Checks before a long run that a file can be written there. */
  static void checkPlace(Path file) {
    if (Files.isDirectory(file)) {
      throw Failure.writing(file, new IOException("it is a folder"));
    }
    if (!Files.isDirectory(file.resolveSibling(""))) {
      throw Failure.writing(file, new NoSuchFileException(file.toString()));
    }
  }

  /** Writes {@code <f4}, with the same bytes as NumPy. */
  static void write(Path file, Shape shape, float[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      List<Integer> dimensions =
          shape.isVector()
              ? List.of(shape.channels())
              : List.of(shape.channels(), shape.height(), shape.width());
      drain(channel, ByteBuffer.wrap(NpyHeader.encode(dimensions)));
      for (int done = 0; done < data.length; ) {
        int now = Math.min(CHUNK / Float.BYTES, data.length - done);
        chunk.clear();
        chunk.asFloatBuffer().put(data, done, now);
        drain(channel, chunk.limit(now * Float.BYTES));
        done += now;
      }
    } catch (IOException problem) {
      throw Failure.writing(file, problem);
    }
  }

  private static void drain(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
