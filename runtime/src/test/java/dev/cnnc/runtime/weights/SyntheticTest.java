package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers come from a NumPy script whose LeNet-5 gives the logits that PyTorch computed. */
class SyntheticTest {
  private final Synthetic synthetic = new Synthetic();

  static List<Arguments> tensors() {
    return List.of(
        Arguments.of("input", List.of(3, 5, 7), -0x1.9bd584p-1f, 0x1.3808b8p-2f, 0x435b178aL),
        Arguments.of(
            "conv1.weight", List.of(6, 1, 5, 5), 0x1.69cb2p-5f, 0x1.ebf268p-3f, 0xf288edaeL),
        Arguments.of("fc1.weight", List.of(120, 400), -0x1.b48030p-6f, 0x1.2a1b42p-6f, 0x4a976eeeL),
        Arguments.of(
            "layer1.0.bn1.weight", List.of(64), 0x1.a0c2a4p-1f, 0x1.3e9bfcp+0f, 0x2b172afeL),
        Arguments.of("bn.running_var", List.of(33), 0x1.2e4ad8p+0f, 0x1.dd2f34p-1f, 0x023c5282L),
        Arguments.of("bn.running_mean", List.of(33), 0x1.5af814p-4f, 0x1.ef64b4p-6f, 0xbec0a905L),
        Arguments.of("conv1.bias", List.of(6), -0x1.86e58cp-5f, -0x1.76ac26p-4f, 0x2a87ba74L),
        Arguments.of(
            "features.1.0.layer_scale",
            List.of(96, 1, 1),
            0x1.8f1b48p-1f,
            -0x1.3bb066p-2f,
            0x047f15e9L),
        Arguments.of(
            "class_token", List.of(1, 1, 768), -0x1.31f1c6p-5f, 0x1.f89026p-5f, 0x6ca16e29L),
        Arguments.of("weight", List.of(8), 0x1.8dcb2p-1f, 0x1.e08f98p-1f, 0x77b05d87L),
        Arguments.of("größe.bias", List.of(9), -0x1.89c864p-4f, 0x1.29938cp-5f, 0x1f6e3eddL));
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void givesTheSameBitsAsNumPy(
      String name, List<Integer> shape, float first, float second, long checksum) {
    float[] elements = synthetic.tensor(name, shape);
    assertThat(elements[0]).isEqualTo(first);
    assertThat(elements[1]).isEqualTo(second);
    assertThat(checksum(elements)).isEqualTo(checksum);
  }

  @Test
  void givesTheSameByRows() {
    List<Integer> shape = List.of(7, 3, 2);
    float[] elements = synthetic.tensor("a.weight", shape);
    Rows rows = synthetic.rows("a.weight", shape);
    for (int row : new int[] {6, 0, 3}) {
      double[] values = rows.row(row);
      assertThat(values).hasSize(6);
      for (int column = 0; column < 6; column++) {
        assertThat(values[column]).isEqualTo(elements[row * 6 + column]);
      }
    }
  }

  /** Element 2,500,000,007: NumPy counts it in 64 bits. */
  @Test
  void countsElementsInLong() {
    double far = synthetic.rows("w", List.of(30_000, 100_000)).row(25_000)[7];
    assertThat(far).isEqualTo(0x1.89a46c0000000p-13);
  }

  private static long checksum(float[] elements) {
    ByteBuffer bytes =
        ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(elements);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }
}
