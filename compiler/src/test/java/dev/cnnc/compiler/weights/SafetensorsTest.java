package dev.cnnc.compiler.weights;

import static dev.cnnc.compiler.weights.HandmadeFile.header;
import static dev.cnnc.compiler.weights.HandmadeFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

  private static final Path MODELS = Path.of("..", "..", "shared", "models");

  @TempDir private Path folder;

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.flip().remaining()];
    filled.get(bytes);
    return bytes;
  }

  @Test
  void readsEachTensorFromItsPlace() {
    byte[] data = bytes(littleEndian(12).putFloat(1.5f).putFloat(-2).putFloat(3.25f));
    Path file =
        new HandmadeFile(folder)
            .of(
                header(
                    tensor("second", "F32", "[1]", "[8,12]"),
                    "'__metadata__':{'format':'pt'}",
                    tensor("first", "F32", "[2,1]", "[0,8]")),
                data);
    Safetensors tensors = Safetensors.open(file);
    assertThat(tensors.tensor("first", List.of(2, 1))).containsExactly(1.5f, -2);
    assertThat(tensors.tensor("second", List.of(1))).containsExactly(3.25f);
  }

  @Test
  void widensHalves() {
    ByteBuffer data = littleEndian(10);
    // 1.5 and the least float16, then 1.5, -2 and the float 0x3F810000 as bfloat16.
    data.putShort((short) 0x3E00).putShort((short) 0x0001);
    data.putShort((short) 0x3FC0).putShort((short) 0xC000).putShort((short) 0x3F81);
    Path file =
        new HandmadeFile(folder)
            .of(
                header(
                    tensor("half", "F16", "[2]", "[0,4]"),
                    tensor("brain", "BF16", "[3]", "[4,10]")),
                bytes(data));
    Safetensors tensors = Safetensors.open(file);
    assertThat(tensors.tensor("half", List.of(2))).containsExactly(1.5f, 0x1p-24f);
    assertThat(tensors.tensor("brain", List.of(3)))
        .containsExactly(1.5f, -2, Float.intBitsToFloat(0x3F810000));
  }

  @Test
  void readsTensorsLongerThanAChunk() {
    int count = 100_000;
    ByteBuffer data = littleEndian(4 * count);
    for (int i = 0; i < count; i++) {
      data.putFloat(i);
    }
    String entry = tensor("long", "F32", "[%d]".formatted(count), "[0,%d]".formatted(4 * count));
    Path file = new HandmadeFile(folder).of(header(entry), bytes(data));
    float[] read = Safetensors.open(file).tensor("long", List.of(count));
    for (int i = 0; i < count; i++) {
      assertThat(read[i]).isEqualTo(i);
    }
  }

  @Test
  void toleratesOddTensorsThatNobodyUses() {
    Path file =
        new HandmadeFile(folder)
            .of(
                header(
                        tensor("tracked", "I64", "[]", "[0,8]"),
                        tensor("double", "F64", "[1]", "[8,16]"),
                        tensor("empty", "F32", "[0,5]", "[16,16]"),
                        tensor("future", "F4_NEW", "[3]", "[16,18]"),
                        "'more':{'dtype':'U8','shape':[1],'data_offsets':[18,19],'extra':{'a':[1]}}")
                    + "      ",
                19);
    assertThat(Safetensors.open(file).tensors()).hasSize(5);
  }

  @Test
  void opensTrainedNetworks() {
    Path file = MODELS.resolve("cifar_resnet20.safetensors");
    assumeTrue(Files.exists(file), () -> file + " is missing");
    Safetensors tensors = Safetensors.open(file);
    float[] variance = tensors.tensor("bn1.running_var", List.of(16));
    assertThat(tensors.tensors()).hasSize(97);
    for (float value : variance) {
      assertThat(value).isPositive();
    }
  }
}
