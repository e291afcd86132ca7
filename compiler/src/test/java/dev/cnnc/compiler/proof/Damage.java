package dev.cnnc.compiler.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens to a file: a few edits, one after the other.
 *
 * @param edits each at a place of the file that those before it leave
 */
record Damage(List<Edit> edits) {

  /** Lengths and counts that lie. */
  private static final int[] NUMBERS = {
    0, 1, -1, 127, 128, 255, 65535, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24, 1 << 30
  };

  private static final int MOST_EDITS = 5;

  /** At the beginning of most files stand their kinds and lengths. */
  private static final int BEGINNING = 200;

  /** One of them. */
  interface Edit {
    byte[] of(byte[] file);
  }

  /**
   * The bytes from a place on are replaced by others.
   *
   * @param place modulo the length of the file
   * @param removed bytes at most, none for an insertion
   */
  private static Edit replaced(int place, int removed, byte... inserted) {
    return file -> {
      int from = place % (file.length + 1);
      int behind = Math.min(file.length, from + removed);
      byte[] edited = Arrays.copyOf(file, from + inserted.length + file.length - behind);
      System.arraycopy(inserted, 0, edited, from, inserted.length);
      System.arraycopy(file, behind, edited, from + inserted.length, file.length - behind);
      return edited;
    };
  }

  Damage {
    edits = List.copyOf(edits);
  }

  /**
   * Random damage.
   *
   * @param pieces what files of this kind are made of, so that damage often keeps the kind
   */
  static Damage random(byte[] file, List<byte[]> pieces, SplittableRandom random) {
    List<Edit> edits = new ArrayList<>();
    for (int count = random.nextInt(1, MOST_EDITS); count > 0; count--) {
      edits.add(edit(file, pieces, random));
    }
    return new Damage(edits);
  }

  private static Edit edit(byte[] file, List<byte[]> pieces, SplittableRandom random) {
    int place =
        random.nextInt(
            1 + (random.nextInt(3) == 0 ? Math.min(file.length, BEGINNING) : file.length));
    int length = random.nextInt(1, 1 + Math.min(24, Math.max(1, file.length)));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(place, 1, (byte) random.nextInt());
      case 1 -> flipped(file, place, random);
      case 2 -> replaced(place, length);
      case 3 -> replaced(random.nextInt(1 + file.length), 0, part(file, place, length));
      case 4 -> replaced(place, 4, number(random));
      case 5 -> replaced(place, Integer.MAX_VALUE / 2);
      case 6 -> replaced(place, 0, pieces.get(random.nextInt(pieces.size())));
      default -> {
        byte[] piece = pieces.get(random.nextInt(pieces.size()));
        yield replaced(place, random.nextBoolean() ? piece.length : length, piece);
      }
    };
  }

  private static Edit flipped(byte[] file, int place, SplittableRandom random) {
    byte before = place < file.length ? file[place] : 0;
    return replaced(place, 1, (byte) (before ^ (1 << random.nextInt(8))));
  }

  private static byte[] part(byte[] file, int from, int length) {
    return Arrays.copyOfRange(file, from, Math.min(file.length, from + length));
  }

  private static byte[] number(SplittableRandom random) {
    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    number.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return number.putInt(NUMBERS[random.nextInt(NUMBERS.length)]).array();
  }

  byte[] of(byte[] file) {
    byte[] damaged = file;
    for (Edit edit : edits) {
      damaged = edit.of(damaged);
    }
    return damaged;
  }

  /** All edits but one. */
  Damage without(int edit) {
    List<Edit> left = new ArrayList<>(edits);
    left.remove(edit);
    return new Damage(left);
  }
}
