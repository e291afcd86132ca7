package dev.cnnc.compiler.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * A stream of the next bytes of a channel, limited to a number of bytes. Does not close the
 * channel.
 */
final class ChannelPart extends InputStream {

  private final ReadableByteChannel channel;
  private long left;

  ChannelPart(ReadableByteChannel channel, long length) {
    this.channel = channel;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    int count = (int) Math.min(most, left);
    if (count == 0) {
      return most == 0 ? 0 : -1;
    }
    readFully(channel, ByteBuffer.wrap(into, offset, count));
    left -= count;
    return count;
  }

  static void readFully(ReadableByteChannel channel, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException("it ends too early");
      }
    }
  }
}
