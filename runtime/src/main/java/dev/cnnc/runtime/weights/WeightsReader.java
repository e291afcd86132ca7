package dev.cnnc.runtime.weights;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a weights file once, from front to back. Checks the whole header before it allocates memory
 * for the data.
 */
final class WeightsReader {
  private static final int ZIP = 0x504B0304;

  private final String origin;
  private final CRC32C checksum = new CRC32C();
  private final DataInputStream in;

  private WeightsReader(InputStream in, String origin) {
    this.in = new DataInputStream(new CheckedInputStream(in, checksum));
    this.origin = origin;
  }

  /**
   * Packs the weights of a stream.
   *
   * @param length of the stream in bytes, or negative if unknown
   * @param origin name of the file in messages
   * @param hash of the model the class was generated from
   * @throws WeightsException if the file is incomplete or belongs to another class
   */
  static PackedWeights read(InputStream in, long length, String origin, String hash, int lanes) {
    WeightsReader reader = new WeightsReader(in, origin);
    try {
      return reader.read(length, hash, lanes);
    } catch (IOException | UncheckedIOException e) {
      throw reader.unreadable(e);
    }
  }

  private PackedWeights read(long length, String hash, int lanes) throws IOException {
    int headerLength = prefix();
    Header header = header(headerLength);
    String found = header.file().hash();
    if (!found.equals(hash)) {
      throw unusable(
          "belong to another model: their hash is %s, the class needs %s".formatted(found, hash),
          null);
    }
    long wanted = Format.PREFIX + headerLength + header.dataLength() + 2L * Integer.BYTES;
    if (length >= 0 && length != wanted) {
      throw unusable("take %s bytes instead of %s".formatted(length, wanted), null);
    }
    PackedWeights packed = pack(header, lanes);
    if (checksumDiffers()) {
      throw unusable("are damaged: the checksum of the data is wrong", null);
    }
    if (in.read() >= 0) {
      throw unusable("go on behind their end", null);
    }
    return packed;
  }

  /** Length of the header. */
  private int prefix() throws IOException {
    byte[] magic = in.readNBytes(Long.BYTES);
    Decoder decoder = new Decoder(magic);
    if (magic.length < Long.BYTES) {
      throw unusable(magic.length == 0 ? "are empty" : "end too early", null);
    }
    int first = decoder.integer();
    long found = ((long) first << Integer.SIZE) | Integer.toUnsignedLong(decoder.integer());
    if (found != Format.MAGIC) {
      throw unusable(first == ZIP ? "are a zip archive" : "are no weights of cnnc", null);
    }
    int version = in.readInt();
    if (version != Format.VERSION) {
      throw unusable(
          "have format %s, this runtime reads %s: compile with the cnnc of the runtime's version"
              .formatted(version, Format.VERSION),
          null);
    }
    int length = in.readInt();
    if (length < 0 || length > Format.LARGEST_HEADER) {
      throw unusable("are damaged: a header of %s bytes".formatted(length), null);
    }
    return length;
  }

  private Header header(int length) throws IOException {
    // Allocates as it reads, so a false length takes no memory.
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    if (checksumDiffers()) {
      throw unusable("are damaged: the checksum of the header is wrong", null);
    }
    try {
      return Header.decode(bytes);
    } catch (RuntimeException e) {
      throw unusable("have an invalid header: " + e.getMessage(), e);
    }
  }

  private PackedWeights pack(Header header, int lanes) {
    try {
      return PackedWeights.of(header.file(), new StreamedTensors(header, in), lanes);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw unusable("have an invalid recipe: " + e.getMessage(), e);
    }
  }

  private boolean checksumDiffers() throws IOException {
    int computed = (int) checksum.getValue();
    return in.readInt() != computed;
  }

  private WeightsException unreadable(Exception e) {
    return e instanceof EOFException || e.getCause() instanceof EOFException
        ? unusable("end too early", e)
        : new WeightsException("Weights %s cannot be read: %s".formatted(origin, e), e);
  }

  private WeightsException unusable(String why, @Nullable Throwable cause) {
    return new WeightsException(
        "Weights %s %s. Generate class and weights again, and copy the file as it is, without"
                .formatted(origin, why)
            + " resource filtering.",
        cause);
  }
}
