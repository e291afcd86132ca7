package dev.cnnc.compiler.weights;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes safetensors files. Equal tensors in equal order give equal bytes. */
public final class SafetensorsWriter {

  /** Alignment of the data, for readers that map the file into memory. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * One tensor.
   *
   * @param data supplies the elements on demand, so that one tensor is in memory at a time
   */
  public record Tensor(String name, List<Integer> shape, Supplier<float[]> data) {

    public Tensor {
      shape = List.copyOf(shape);
    }

    private long bytes() {
      return shape.stream().mapToLong(size -> size).reduce(Float.BYTES, Math::multiplyExact);
    }
  }

  /**
   * Writes a file of F32 tensors.
   *
   * @throws IllegalArgumentException if a name occurs twice, or if data does not have the length of
   *     its shape
   */
  public static void write(Path file, List<Tensor> tensors) throws IOException {
    byte[] header = header(tensors);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      byte[] length = new byte[Long.BYTES];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
      out.write(length);
      out.write(header);
      for (Tensor tensor : tensors) {
        write(tensor, out);
      }
    }
  }

  private static byte[] header(List<Tensor> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Set<String> names = new HashSet<>();
    long begin = 0;
    try (JsonGenerator json =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      for (Tensor tensor : tensors) {
        if (!names.add(tensor.name())) {
          throw new IllegalArgumentException("two tensors called " + tensor.name());
        }
        long end = begin + tensor.bytes();
        json.writeName(tensor.name()).writeStartObject();
        json.writeStringProperty("dtype", "F32");
        json.writeName("shape").writeStartArray();
        tensor.shape().forEach(json::writeNumber);
        json.writeEndArray().writeName("data_offsets").writeStartArray();
        json.writeNumber(begin).writeNumber(end).writeEndArray().writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    bytes.writeBytes(" ".repeat(-bytes.size() & ALIGNMENT - 1).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static void write(Tensor tensor, OutputStream out) throws IOException {
    float[] data = tensor.data().get();
    if ((long) data.length * Float.BYTES != tensor.bytes()) {
      throw new IllegalArgumentException(
          tensor.name() + " has " + data.length + " elements, not " + tensor.shape());
    }
    byte[] bytes = new byte[Float.BYTES];
    ByteBuffer element = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : data) {
      element.putFloat(0, value);
      out.write(bytes);
    }
  }
}
