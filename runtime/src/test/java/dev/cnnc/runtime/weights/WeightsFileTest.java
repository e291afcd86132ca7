package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightsFileTest {
  private static final Recipe.Stored MEAN = new Recipe.Stored("bn.running_mean", List.of(5));
  private static final Recipe.Stored VARIANCE = new Recipe.Stored("bn.running_var", List.of(5));
  private static final Recipe.Stored WEIGHT = new Recipe.Stored("bn.weight", List.of(5));
  private static final Recipe FACTOR =
      new Recipe.RowProduct(WEIGHT, new Recipe.InverseRoot(VARIANCE, 1e-5));
  private static final Recipe AGAINST =
      new Recipe.RowProduct(FACTOR, new Recipe.Filled(-1, List.of(5)));
  static final WeightsFile FILE =
      new WeightsFile(
          "net",
          List.of("cat", "größe"),
          List.of(
              new WeightsFile.Packed(0, new Layout.Channels(5, 16), FACTOR),
              new WeightsFile.Packed(
                  32,
                  new Layout.Channels(5, 16),
                  new Recipe.Sum(
                      new Recipe.Filled(1, List.of(5)), new Recipe.RowProduct(MEAN, AGAINST))),
              new WeightsFile.Packed(16, new Layout.Channels(5, 8), new Recipe.Sum(WEIGHT, MEAN))));

  private final TensorSource stored = (name, shape) -> new Synthetic().tensor(name, shape);

  @Test
  void listsTensorsInTheOrderOfFirstUse() {
    assertThat(FILE.tensors()).containsExactly(WEIGHT, VARIANCE, MEAN);
    assertThat(FILE.floats()).isEqualTo(48);
  }

  @Test
  void recipesThatMoveElementsComeBackToo() {
    Recipe turned = new Recipe.Transposed(new Recipe.Stored("tokens", List.of(1, 7, 3)), 1);
    Recipe tokens = new Recipe.Transposed(turned, 0);
    Recipe scale = new Recipe.Reshaped(new Recipe.Stored("scale", List.of(3, 1, 1)), List.of(3));
    List<Double> down = List.of(1.0, 0.5, 0.25, 0.0, 0.0, 1.0);
    List<Double> across = List.of(0.0, 1.0, -3.0);
    Recipe filters =
        new Recipe.Winograd(new Recipe.Stored("filters", List.of(2, 3, 3, 3)), down, across);
    Recipe line = new Recipe.Stored("line", List.of(2, 3, 1, 7));
    WeightsFile file =
        new WeightsFile(
            "net",
            List.of(),
            List.of(
                new WeightsFile.Packed(0, new Layout.ChannelsLast(3, 7), tokens),
                new WeightsFile.Packed(112, new Layout.Channels(3, 16), scale),
                new WeightsFile.Packed(128, new Layout.Panels(Tile.Use.CONV, 2, 3, 2), filters),
                new WeightsFile.Packed(
                    2000, new Layout.Panels(Tile.Use.STREAMED_CONV, 2, 3, 7), line)));
    byte[] bytes = written(file, stored);
    PackedWeights read = read(file, bytes, bytes.length);
    assertThat(read.values()).containsExactly(PackedWeights.of(file, stored, 8).values());
    assertThat(read.values()[16])
        .isEqualTo(stored.tensor("tokens", List.of(1, 7, 3))[3])
        .isNotZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void keepsMatricesInHalfTheBytes(Storage storage) throws IOException {
    Recipe.Stored matrix = new Recipe.Stored("fc.weight", List.of(40, 21));
    Recipe.Stored bias = new Recipe.Stored("fc.bias", List.of(40));
    TensorSource rounded =
        (name, shape) -> {
          float[] elements = stored.tensor(name, shape);
          for (int i = 0; i < elements.length && shape.size() > 1; i++) {
            elements[i] = storage.rounded(elements[i]);
          }
          return elements;
        };
    WeightsFile file =
        new WeightsFile(
            "net",
            List.of(),
            List.of(
                new WeightsFile.Packed(0, new Layout.Halves(storage, 40, 21, 1), matrix),
                new WeightsFile.Packed(1000, new Layout.Channels(40, 64), bias),
                new WeightsFile.Packed(1100, new Layout.Panels(Tile.Use.FC, 40, 21, 1), matrix)));
    ByteArrayOutputStream half = new ByteArrayOutputStream();
    file.write(half, rounded, storage);
    byte[] whole = written(file, rounded);
    assertThat(whole.length - half.size()).isEqualTo(40 * 21 * Short.BYTES);
    PackedWeights read = read(file, half.toByteArray(), half.size());
    float[] direct = PackedWeights.of(file, rounded, 8).values();
    assertThat(bits(read.values())).containsExactly(bits(direct));
    // Output 11 of channel 2: the second vector of the first panel of 8 lanes.
    int packed = Float.floatToRawIntBits(direct[2 * 8 + 3]);
    assertThat(storage.decoded((short) (packed >>> Short.SIZE)))
        .isEqualTo(rounded.tensor("fc.weight", List.of(40, 21))[11 * 21 + 2])
        .isNotZero();
  }

  /** Halves may look like NaN, which no comparison of floats tells from another. */
  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void comesBackAsWritten() {
    PackedWeights direct = PackedWeights.of(FILE, stored, 8);
    for (byte[] bytes : List.of(written(stored), written(new Synthetic()))) {
      PackedWeights read = read(bytes, bytes.length);
      assertThat(read.values()).containsExactly(direct.values());
      assertThat(read.labels()).containsExactly("cat", "größe");
      assertThat(read(bytes, -1).values()).containsExactly(direct.values());
    }
    Synthetic synthetic = new Synthetic();
    float weight = synthetic.tensor("bn.weight", List.of(5))[4];
    float mean = synthetic.tensor("bn.running_mean", List.of(5))[4];
    double root = Math.sqrt(synthetic.tensor("bn.running_var", List.of(5))[4] + 1e-5);
    assertThat(direct.values()[4]).isEqualTo((float) (weight * (1 / root)));
    assertThat(direct.values()[16 + 4]).isEqualTo((float) ((double) weight + mean));
    assertThat(direct.values()[32 + 4]).isEqualTo((float) (1 - mean * (weight * (1 / root))));
    assertThat(direct.values()[5]).isZero();
  }

  @Test
  void keepsEveryRecipeAndLayout() {
    Header header = new Header(FILE, Storage.BF16, false);
    assertThat(Header.decode(header.encode())).isEqualTo(header);
  }

  @Test
  void isWrittenAlike() {
    assertThat(written(stored)).isEqualTo(written(stored));
    assertThat(written(new Synthetic())).hasSizeLessThan(written(stored).length);
  }

  @Test
  void holdsTensorsLargerThanOneChunk() throws IOException {
    Recipe.Stored large = new Recipe.Stored("large.bias", List.of(100_001));
    WeightsFile file =
        new WeightsFile(
            "h",
            List.of(),
            List.of(new WeightsFile.Packed(0, new Layout.Channels(100_001, 100_016), large)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out, stored);
    float[] values =
        WeightsReader.read(new ByteArrayInputStream(out.toByteArray()), -1, "f", file.hash(), 1)
            .values();
    assertThat(Arrays.copyOf(values, 100_001))
        .containsExactly(stored.tensor("large.bias", large.shape()));
  }

  @Test
  void refusesEveryTruncation() {
    byte[] bytes = written(stored);
    for (int length = 0; length < bytes.length; length++) {
      byte[] less = Arrays.copyOf(bytes, length);
      for (long told : new long[] {-1, length}) {
        assertThatThrownBy(() -> read(less, told))
            .as("%d of %d bytes, %d told", length, bytes.length, told)
            .isInstanceOf(WeightsException.class)
            .hasMessageContaining("Weights test.weights ")
            .hasMessageContaining("Generate class and weights again");
      }
    }
  }

  @Test
  void refusesEveryChangedByte() {
    byte[] bytes = written(stored);
    for (int place = 0; place < bytes.length; place++) {
      byte[] changed = bytes.clone();
      changed[place] ^= 0x40;
      assertThatThrownBy(() -> read(changed, changed.length))
          .as("byte %d of %d", place, bytes.length)
          .isInstanceOf(WeightsException.class);
    }
  }

  @Test
  void refusesMore() {
    byte[] bytes = written(stored);
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> read(more, -1))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("go on behind their end");
    assertThatThrownBy(() -> read(more, more.length))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("take %d bytes instead of %d".formatted(more.length, bytes.length));
  }

  @Test
  void saysWhatElseIsWrong() {
    assertThatThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0}, -1))
        .hasMessageContaining("are a zip archive");
    assertThatThrownBy(() -> read("something else".getBytes(StandardCharsets.UTF_8), -1))
        .hasMessageContaining("are no weights of cnnc");
    assertThatThrownBy(() -> read(new byte[0], 0)).hasMessageContaining("are empty");
    byte[] other = written(stored);
    other[11] = 9;
    assertThatThrownBy(() -> read(other, -1))
        .hasMessageContaining("have format 9, this runtime reads 5");
    byte[] bytes = written(stored);
    assertThatThrownBy(
            () -> WeightsReader.read(new ByteArrayInputStream(bytes), -1, "f", "another", 1))
        .hasMessageContaining("their hash is " + FILE.hash() + ", the class needs another");
    assertThatThrownBy(() -> PackedWeights.load(WeightsFileTest.class, "none.weights", "h"))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("none.weights of dev.cnnc.runtime.weights.WeightsFileTest")
        .hasMessageContaining("missing");
  }

  @Test
  void packsOnlyWhatFits() {
    WeightsFile.Packed one = new WeightsFile.Packed(0, new Layout.Channels(5, 16), WEIGHT);
    WeightsFile.Packed two = new WeightsFile.Packed(8, new Layout.Channels(5, 16), MEAN);
    assertThatThrownBy(() -> new WeightsFile("h", List.of(), List.of(two, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlap at 8");
    Recipe other = new Recipe.Stored("bn.weight", List.of(6));
    assertThatThrownBy(
            () ->
                new WeightsFile(
                    "h",
                    List.of(),
                    List.of(one, new WeightsFile.Packed(16, new Layout.Channels(6, 6), other))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor bn.weight has shapes [5] and [6]");
  }

  /** Of large tensors, used once each, no two are held at a time. */
  @Test
  void readsATensorWhenItIsAskedFor() throws IOException {
    List<WeightsFile.Packed> packed = new ArrayList<>();
    for (int index = 0; index < 8; index++) {
      packed.add(
          new WeightsFile.Packed(
              index * 40_000,
              new Layout.Channels(40_000, 40_000),
              new Recipe.Stored("t" + index, List.of(40_000))));
    }
    WeightsFile file = new WeightsFile("h", List.of(), packed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out, stored);
    InputStream in = new ByteArrayInputStream(out.toByteArray());
    in.skipNBytes(
        Format.PREFIX + new Header(file, Storage.F32, false).encode().length + Integer.BYTES);
    StreamedTensors tensors =
        new StreamedTensors(new Header(file, Storage.F32, false), new DataInputStream(in));
    int before = in.available();
    for (int index = 0; index < 8; index++) {
      float[] tensor = tensors.tensor("t" + index, List.of(40_000));
      assertThat(tensor).isEqualTo(stored.tensor("t" + index, List.of(40_000)));
      assertThat(before - in.available()).isEqualTo((index + 1) * 160_000);
    }
  }

  private static byte[] written(TensorSource source) {
    return written(FILE, source);
  }

  private static byte[] written(WeightsFile file, TensorSource source) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      file.write(out, source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static PackedWeights read(byte[] bytes, long length) {
    return read(FILE, bytes, length);
  }

  private static PackedWeights read(WeightsFile file, byte[] bytes, long length) {
    return WeightsReader.read(
        new ByteArrayInputStream(bytes), length, "test.weights", file.hash(), 8);
  }
}
