package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cnnc.compiler.ir.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {
  private static final Shape PICTURE = new Shape(2, 3, 4);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"2, 3, 4", "1, 1, 1", "10, 1, 1", "1, 28, 28", "3, 224, 224"})
  void whatIsWrittenIsRead(int channels, int height, int width) {
    Shape shape = new Shape(channels, height, width);
    float[] data = new float[shape.size()];
    for (int index = 0; index < data.length; index++) {
      data[index] = (float) Math.sin(index);
    }
    data[0] = Float.NaN;
    Path file = folder.resolve("array.npy");
    NpyFile.write(file, shape, data);
    assertThat(NpyFile.read(file, shape)).isEqualTo(data);
  }

  /** Bytes as NumPy 2 writes them. */
  @Test
  void writesWhatNumPyWrites() throws IOException {
    Path file = folder.resolve("array.npy");
    NpyFile.write(file, Shape.vector(2), new float[] {1, -2});
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 8).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .isEqualTo(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }" + " ".repeat(60) + "\n");
    assertThat(Arrays.copyOfRange(bytes, 128, 136))
        .containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(2, 3, 4)", "(1, 2, 3, 4)", "(2,3,4,)"})
  void aPictureMayBeABatchOfOne(String shape) {
    assertThat(NpyFile.read(array("<f8", "False", shape, 24 * 8), PICTURE)).hasSize(24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(10,)", "(1, 10)", "(10, 1, 1)", "(1, 10, 1, 1)"})
  void aVectorMayHaveItsPixel(String shape) {
    assertThat(NpyFile.read(array("<f4", "False", shape, 40), Shape.vector(10))).hasSize(10);
  }

  @Test
  void oneChannelIsNoBatchOfOne() {
    assertThat(NpyFile.read(array("<f4", "False", "(1, 3, 4)", 48), new Shape(1, 3, 4)))
        .hasSize(12);
    refuses(array("<f4", "False", "(3, 4)", 48), new Shape(1, 3, 4), "its shape is [3, 4], but");
  }

  @Test
  void doublesAreRounded() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1).putDouble(-1e300);
    Path file = array("<f8", "False", "(2,)", 0);
    Files.write(file, data.array(), java.nio.file.StandardOpenOption.APPEND);
    assertThat(NpyFile.read(file, Shape.vector(2))).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
  }

  @Test
  void olderAndNewerVersionsAreRead() throws IOException {
    for (int version = 2; version <= 3; version++) {
      byte[] text =
          "{'descr':'<f4','fortran_order':False,'shape':(2,)}\n".getBytes(StandardCharsets.UTF_8);
      ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
      bytes.putInt(text.length).put(text).putFloat(3).putFloat(4);
      Path file = Files.write(folder.resolve("version.npy"), bytes.array());
      assertThat(NpyFile.read(file, Shape.vector(2))).containsExactly(3, 4);
    }
  }

  @Test
  void otherArraysAreRefusedWithTheCure() {
    refuses(
        array(">f4", "False", "(2, 3, 4)", 96),
        PICTURE,
        "it holds elements of type >f4, not <f4 or <f8; in NumPy: array.astype('<f4')");
    refuses(array("|u1", "False", "(2, 3, 4)", 24), PICTURE, "elements of type |u1");
    refuses(
        array("<f4", "True", "(2, 3, 4)", 96),
        PICTURE,
        "it is in Fortran order; in NumPy: numpy.ascontiguousarray(array)");
    refuses(
        array("<f4", "False", "(4, 3, 2)", 96),
        PICTURE,
        "its shape is [4, 3, 2], but the network takes [2, 3, 4]");
    refuses(
        array("<f4", "False", "(2, 2, 3, 4)", 192),
        PICTURE,
        "its shape is [2, 2, 3, 4], but the network takes [2, 3, 4]");
    refuses(array("<f4", "False", "()", 4), PICTURE, "its shape is [], but");
    refuses(array("<f4", "False", "(99999999999999999999,)", 4), PICTURE, "cannot be understood");
    refuses(
        array("<f4", "False", "(2, 3, 4)", 95),
        PICTURE,
        "its header promises 96 bytes of data, but there are 95");
  }

  @Test
  void filesThatAreNoArraysAreRefused() throws IOException {
    refuses(bytes(), "it ends within its header");
    refuses(bytes('P', 'K', 3, 4, 0, 0, 0, 0), "it is not a .npy file; numpy.save writes one");
    refuses(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 9, 0), "version 9 of the .npy format");
    refuses(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 99, 0, '{'), "it ends within its header");
    refuses(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0xFF, 0xFF, 0xFF, 0xFF),
        "its header has 4,294,967,295 bytes");
    refuses(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 2, 0, '{', '}'), "cannot be understood");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NpyFile.read(folder.resolve("none.npy"), PICTURE))
        .withMessageEndingWith("it does not exist");
  }

  private Path array(String type, String fortran, String shape, int bytes) {
    String text =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, fortran, shape);
    ByteBuffer buffer =
        ByteBuffer.allocate(10 + text.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    buffer.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    return write(buffer.array());
  }

  private Path bytes(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int index = 0; index < content.length; index++) {
      content[index] = (byte) bytes[index];
    }
    return write(content);
  }

  private Path write(byte[] content) {
    try {
      return Files.write(folder.resolve("array.npy"), content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void refuses(Path file, String message) {
    refuses(file, PICTURE, message);
  }

  private static void refuses(Path file, Shape shape, String message) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NpyFile.read(file, shape))
        .withMessageStartingWith(file.toString())
        .withMessageContaining(message);
  }
}
