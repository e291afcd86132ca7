package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Headers whose checksum is right and whose content is not. */
class HostileHeaderTest {

  /** Even with a checksum that fits, a header's numbers are held against each other. */
  @Test
  void believesNoNumberOfTheHeader() {
    byte[] header = new Header(WeightsFileTest.FILE, Storage.F32, false).encode();
    for (int place = 0; place <= header.length - Integer.BYTES; place++) {
      for (int lie : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
        byte[] changed = header.clone();
        ByteBuffer.wrap(changed).putInt(place, lie);
        byte[] whole = framed(changed);
        try {
          // No length told, no data: what remains is an error, whatever the lie.
          PackedWeights read = WeightsFileTest.read(whole, whole.length);
          throw new AssertionError("read " + read.values().length + " floats, place " + place);
        } catch (WeightsException e) {
          assertThat(e).hasMessageContaining("test.weights");
        }
      }
    }
  }

  /** A file that is right in itself, made for the name of another class, asks for no memory. */
  @Test
  void refusesAnArrayThatTheClassHasNot() {
    for (Recipe recipe :
        List.of(
            new Recipe.Filled(0, List.of(5)),
            new Recipe.Stored("bn.weight", List.of(2_000_000_000)))) {
      Layout layout = new Layout.Channels(5, 2_000_000_000);
      WeightsFile forged =
          new WeightsFile(
              WeightsFileTest.FILE.name(),
              List.of(),
              List.of(new WeightsFile.Packed(0, layout, recipe)));
      byte[] bytes = framed(new Header(forged, Storage.F32, true).encode());
      assertThatThrownBy(() -> WeightsFileTest.read(bytes, -1))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("belong to another model: their hash is net ");
    }
  }

  @Test
  void refusesAxesThatThereAreNot() {
    for (List<Integer> shape : List.of(List.<Integer>of(), List.of(5), List.of(5, 1))) {
      for (int axis : new int[] {-1, 1, Integer.MAX_VALUE}) {
        Encoder out = until(new Layout.Channels(5, 16));
        out.tag(14);
        out.integer(axis);
        out.tag(1);
        out.real(0.5);
        out.shape(shape);
        assertThatThrownBy(() -> WeightsFileTest.read(framed(out.bytes()), -1))
            .as("axis %d of %s", axis, shape)
            .isInstanceOf(WeightsException.class)
            .hasMessageContaining("an invalid header");
      }
    }
  }

  @Test
  void refusesRecipesThatAreGone() {
    for (int tag : new int[] {3, 9, 10, 11, 12}) {
      Encoder out = until(new Layout.Channels(5, 16));
      out.tag(tag);
      assertThatThrownBy(() -> WeightsFileTest.read(framed(out.bytes()), -1))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining("an invalid header: no recipe has the tag " + tag)
          .hasMessageContaining("Generate class and weights again");
    }
  }

  @Test
  void refusesAHeaderNestedWithoutEnd() {
    Encoder out = until(new Layout.Channels(1, 1));
    for (int depth = 0; depth < 1_000_000; depth++) {
      out.tag(2);
    }
    assertThatThrownBy(() -> WeightsFileTest.read(framed(out.bytes()), -1))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("nested too deep");
  }

  /** A header of one tensor, up to its recipe. */
  private static Encoder until(Layout layout) {
    Encoder out = new Encoder();
    out.text("net");
    out.tag(0);
    out.integer(0);
    out.integer(0);
    out.integer(1);
    out.integer(0);
    LayoutCodec.write(layout, out);
    return out;
  }

  private static byte[] framed(byte[] header) {
    ByteBuffer bytes = ByteBuffer.allocate(Format.PREFIX + header.length + Integer.BYTES);
    bytes.putLong(Format.MAGIC).putInt(Format.VERSION).putInt(header.length).put(header);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, bytes.position());
    return bytes.putInt((int) checksum.getValue()).array();
  }
}
