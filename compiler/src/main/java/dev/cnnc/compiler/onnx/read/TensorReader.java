package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tensors, whose elements may be in the message, in a list of numbers, or in another file.
 *
 * <p>Invariant: a tensor has exactly the bytes that its shape and type need.
 *
 * @param folder of the model, which may have other files; empty if they are not allowed
 */
record TensorReader(Optional<Path> folder) {

  private static final int EXTERNAL = 1;
  private static final int CHUNK = 1 << 16;

  /**
   * Most integers in a list: integers are shapes and indices, and long lists are stored as bytes.
   */
  private static final int MOST_WHOLES = 1 << 24;

  /** The parts of one tensor that were read so far. */
  private static final class Parts {
    private String name = "";
    private long type;
    private final List<Long> dimensions = new ArrayList<>();
    private final List<MemorySegment> data = new ArrayList<>();
    private final List<Long> wholes = new ArrayList<>();
    private final ByteArrayOutputStream single = new ByteArrayOutputStream();
    private final Map<String, String> external = new HashMap<>();
    private boolean isExternal;
    private boolean hasWholes;
  }

  Onnx.Tensor read(WireReader in) {
    Parts parts = new Parts();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> in.wholes(parts.dimensions, TypeReader.MOST_AXES);
        case 2 -> parts.type = in.whole();
        case 4 -> list(in, parts, Float.BYTES);
        case 5, 7, 11 -> {
          parts.hasWholes = true;
          in.wholes(parts.wholes, MOST_WHOLES);
        }
        case 8 -> parts.name = in.text();
        case 9 -> parts.data.add(in.content());
        case 10 -> list(in, parts, Double.BYTES);
        case 13 -> {
          Map.Entry<String, String> entry = EntryReader.read(in.message("a place of data"));
          parts.external.put(entry.getKey(), entry.getValue());
        }
        case 14 -> parts.isExternal = in.whole() == EXTERNAL;
        default -> in.skip();
      }
    }
    return tensor(in, parts);
  }

  private static void list(WireReader in, Parts parts, int bytes) {
    if (in.isPacked()) {
      parts.data.add(in.content());
      return;
    }
    long bits = bytes == Float.BYTES ? Float.floatToRawIntBits(in.real()) : in.fixed();
    put(parts.single, bits, bytes);
  }

  private static void put(ByteArrayOutputStream out, long bits, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (bits >>> (Byte.SIZE * i)));
    }
  }

  private Onnx.Tensor tensor(WireReader in, Parts parts) {
    String name = "tensor " + parts.name;
    Onnx.DataType type =
        TypeReader.dataType(parts.type)
            .orElseThrow(
                () ->
                    new OnnxException(
                        "%s has elements of type %s: float, double, float16, bfloat16, bool and"
                                .formatted(name, parts.type)
                            + " integers of 8 to 64 bits can be read"));
    long bytes = type.bytes();
    for (long size : parts.dimensions) {
      if (size < 0 || size > Integer.MAX_VALUE || (size > 0 && bytes > Long.MAX_VALUE / size)) {
        throw in.broken(name + " has an impossible shape " + parts.dimensions);
      }
      bytes *= size;
    }
    if (bytes / type.bytes() > Integer.MAX_VALUE) {
      throw in.broken(name + " has the shape " + parts.dimensions + ": more than 2^31 elements");
    }
    List<MemorySegment> data = data(parts, type, bytes, name);
    long there = data.stream().mapToLong(MemorySegment::byteSize).sum();
    if (there != bytes) {
      throw in.broken(
          "%s of shape %s needs %s bytes, but there are %s"
              .formatted(name, parts.dimensions, bytes, there));
    }
    return new Onnx.Tensor(parts.name, type, parts.dimensions, out -> write(data, out));
  }

  private List<MemorySegment> data(Parts parts, Onnx.DataType type, long bytes, String name) {
    if (parts.isExternal) {
      return List.of(new ExternalData(folder, name).map(parts.external, bytes));
    }
    List<MemorySegment> data = new ArrayList<>(parts.data);
    if (parts.single.size() > 0) {
      data.add(MemorySegment.ofArray(parts.single.toByteArray()));
    }
    if (parts.hasWholes && data.isEmpty()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      parts.wholes.forEach(value -> put(out, value, type.bytes()));
      data.add(MemorySegment.ofArray(out.toByteArray()));
    }
    return data;
  }

  private static void write(List<MemorySegment> data, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (MemorySegment segment : data) {
      for (long at = 0; at < segment.byteSize(); at += CHUNK) {
        int count = (int) Math.min(CHUNK, segment.byteSize() - at);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, chunk, 0, count);
        out.write(chunk, 0, count);
      }
    }
  }
}
