package dev.cnnc.compiler.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files byte by byte, wrong ones too. */
record HandmadeFile(Path folder) {

  /** A header, then that many zeros. */
  Path of(String header, int zeros) {
    return of(header, new byte[zeros]);
  }

  Path of(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return of(text.length, text, data);
  }

  Path of(long length, byte[] header, byte[] data) {
    return bytes(
        ByteBuffer.allocate(Long.BYTES + header.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(header)
            .put(data)
            .flip());
  }

  Path bytes(ByteBuffer all) {
    byte[] bytes = new byte[all.remaining()];
    all.get(bytes);
    try {
      return Files.write(folder.resolve("net.safetensors"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A header's entry with single quotes for double ones. */
  static String tensor(String name, String type, String shape, String offsets) {
    return "'%s':{'dtype':'%s','shape':%s,'data_offsets':%s}".formatted(name, type, shape, offsets);
  }

  static String header(String... entries) {
    return ("{" + String.join(",", entries) + "}").replace('\'', '"');
  }
}
