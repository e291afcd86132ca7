package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of a NumPy file (NEP 1): eight bytes, a length, and a Python dictionary of three
 * entries.
 *
 * @param type {@code <f4} or {@code <f8}
 * @param shape as written
 */
record NpyHeader(String type, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** The data begins at a multiple of this. */
  private static final int ALIGNMENT = 64;

  /**
   * Longest header; that of a simple array has about a hundred bytes, and NumPy itself stops at ten
   * thousand.
   */
  private static final int LONGEST = 10_000;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** Number of bytes of an element. */
  int bytes() {
    return type.equals("<f4") ? Float.BYTES : Double.BYTES;
  }

  /** Reads up to the first byte of data. */
  static NpyHeader read(SeekableByteChannel channel) throws IOException {
    byte[] start = bytes(channel, MAGIC.length + 2);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new NpyException("it is not a .npy file; numpy.save writes one");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new NpyException("version %s of the .npy format is not known".formatted(version));
    }
    ByteBuffer field =
        ByteBuffer.wrap(bytes(channel, version == 1 ? Short.BYTES : Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1
            ? Short.toUnsignedLong(field.getShort())
            : Integer.toUnsignedLong(field.getInt());
    if (length > LONGEST) {
      throw new NpyException(
          String.format(Locale.ROOT, "its header has %,d bytes: no simple array", length));
    }
    return parse(new String(bytes(channel, (int) length), StandardCharsets.UTF_8));
  }

  private static byte[] bytes(SeekableByteChannel channel, int count) throws IOException {
    if (channel.size() - channel.position() < count) {
      throw new NpyException("it ends within its header");
    }
    ByteBuffer buffer = ByteBuffer.allocate(count);
    NpyFile.fill(channel, buffer);
    return buffer.array();
  }

  private static NpyHeader parse(String text) {
    Matcher type = TYPE.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !fortran.find() || !shape.find()) {
      throw new NpyException("its header cannot be understood: " + text.strip());
    }
    String name = type.group(2) != null ? "records" : type.group(1);
    if (!name.equals("<f4") && !name.equals("<f8")) {
      throw new NpyException(
          "it holds elements of type %s, not <f4 or <f8; in NumPy: array.astype('<f4')"
              .formatted(name));
    }
    if (fortran.group(1).equals("True")) {
      throw new NpyException("it is in Fortran order; in NumPy: numpy.ascontiguousarray(array)");
    }
    List<Long> sizes = new ArrayList<>();
    Matcher digits = DIGITS.matcher(shape.group(1));
    while (digits.find()) {
      sizes.add(size(digits.group(), text));
    }
    return new NpyHeader(name, sizes);
  }

  private static long size(String digits, String header) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw new NpyException("its header cannot be understood: " + header.strip());
    }
  }

  /** Requires the shape {@code wanted}, alone or as a batch of one. */
  void require(Shape wanted) {
    if (!has(wanted)) {
      throw new NpyException(
          "its shape is %s, but the network takes %s".formatted(python(shape), full(wanted)));
    }
  }

  private static List<Long> full(Shape shape) {
    return List.of((long) shape.channels(), (long) shape.height(), (long) shape.width());
  }

  /** Whether it is of the shape {@code wanted}, alone or as a batch of one. */
  boolean has(Shape wanted) {
    List<Long> full = full(wanted);
    List<Long> alone =
        shape.size() > 1 && shape.getFirst() == 1 && !shape.equals(full)
            ? shape.subList(1, shape.size())
            : shape;
    boolean vector = wanted.isVector() && alone.equals(List.of((long) wanted.channels()));
    return alone.equals(full) || vector;
  }

  private static String python(List<?> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** The header of a file of {@code <f4}. */
  static byte[] encode(List<Integer> shape) {
    String sizes =
        shape.size() == 1
            ? "(%s,)".formatted(shape.getFirst())
            : shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(sizes);
    int before = MAGIC.length + 2 + Short.BYTES;
    int length = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
    String padded = text + " ".repeat(length - text.length() - 1) + "\n";
    return ByteBuffer.allocate(before + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) length)
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
