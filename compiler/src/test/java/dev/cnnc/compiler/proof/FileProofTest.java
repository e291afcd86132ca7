package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, it is read, or refused in words. */
class FileProofTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Fewer may all be refused, or none. */
  private static final int ENOUGH = 200;

  @TempDir private Path folder;

  @Test
  @Tag("proof")
  void everyFileIsReadOrRefused() throws IOException {
    Budget budget = Budget.given();
    List<FileKind> kinds =
        Stream.of(new FileKinds(folder).all(), new PictureKinds(folder).all())
            .flatMap(List::stream)
            .toList();
    int[] tried = new int[kinds.size()];
    int[] accepted = new int[kinds.size()];
    Findings.none(
        "files",
        budget.seed(),
        budget.files(),
        seed -> {
          int kind = Math.floorMod(seed, kinds.size());
          Trial trial = new Trial(kinds.get(kind));
          tried[kind]++;
          Optional<String> finding = trial.finding(new SplittableRandom(seed));
          accepted[kind] += trial.accepted ? 1 : 0;
          return finding;
        });
    for (int kind = 0; kind < kinds.size(); kind++) {
      if (tried[kind] >= ENOUGH) {
        // Otherwise the damage would be too much, or too little, to show anything.
        assertThat(accepted[kind])
            .as("of %s damaged %s are read", tried[kind], kinds.get(kind).name())
            .isBetween(1, tried[kind] - 1);
      }
    }
  }

  /** One file. */
  private static final class Trial {
    private final FileKind kind;
    private boolean accepted;

    Trial(FileKind kind) {
      this.kind = kind;
    }

    Optional<String> finding(SplittableRandom random) {
      byte[] original = kind.originals().get(random.nextInt(kind.originals().size()));
      Damage damage = Damage.random(original, kind.pieces(), random);
      boolean mended = random.nextBoolean();
      Optional<Throwable> surprise = surprise(file(original, damage, mended));
      return surprise.map(
          first -> {
            byte[] smallest = smallest(original, damage, mended, signature(first));
            return "%s: %s%n%s".formatted(kind.name(), shown(first), shown(smallest));
          });
    }

    /** What reading throws beside refusals, or that it takes too much memory. */
    private Optional<Throwable> surprise(byte[] file) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        accepted = kind.reading().accepts(file);
      } catch (Exception | Error surprise) {
        return Optional.of(surprise);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      return allocated > kind.mostBytes()
          ? Optional.of(new AssertionError("reading it allocates too much"))
          : Optional.empty();
    }

    /** The original with fewer edits, then a part of it, as long as the same goes wrong. */
    private byte[] smallest(byte[] original, Damage damage, boolean mended, String signature) {
      Damage fewest = damage;
      for (int edit = 0; edit < fewest.edits().size(); ) {
        Damage without = fewest.without(edit);
        if (fails(file(original, without, mended), signature)) {
          fewest = without;
        } else {
          edit++;
        }
      }
      return Chunks.shortest(
          file(original, fewest, mended),
          file -> fails(mended ? kind.mended().of(file) : file, signature));
    }

    private byte[] file(byte[] original, Damage damage, boolean mended) {
      return mended ? kind.mended().of(damage.of(original)) : damage.of(original);
    }

    private boolean fails(byte[] file, String signature) {
      return surprise(file).map(Trial::signature).equals(Optional.of(signature));
    }

    /** The same fault is thrown at the same place. */
    private static String signature(Throwable surprise) {
      return surprise.getClass() + own(surprise).findFirst().orElse("");
    }

    private static Stream<String> own(Throwable surprise) {
      return Arrays.stream(surprise.getStackTrace())
          .map(StackTraceElement::toString)
          .filter(frame -> frame.contains("dev.cnnc"));
    }

    private static String shown(Throwable surprise) {
      return surprise
          + own(surprise).limit(5).map(frame -> "\n  at " + frame).collect(Collectors.joining());
    }

    private String shown(byte[] file) {
      return kind.isText()
          ? new String(file, StandardCharsets.UTF_8)
          : file.length + " bytes in base 64: " + Base64.getEncoder().encodeToString(file);
    }
  }

  /** A planted fault is found, whatever stands around it. */
  @Test
  void shrinksToWhatFails() {
    FileKind kind =
        new FileKind(
            "planted",
            FileKind.bytes(List.of("a".repeat(300))),
            FileKind.bytes(List.of("x", "yz")),
            1 << 20,
            file -> file,
            file -> {
              if (new String(file, StandardCharsets.UTF_8).matches("(?s).*x.*y.*")) {
                throw new IllegalStateException("x before y");
              }
              return true;
            });
    List<String> found = new ArrayList<>();
    for (long seed = 0; seed < 200; seed++) {
      new Trial(kind).finding(new SplittableRandom(seed)).ifPresent(found::add);
    }
    assertThat(found).hasSizeGreaterThan(5).allMatch(each -> each.endsWith("\nxy"));
  }
}
