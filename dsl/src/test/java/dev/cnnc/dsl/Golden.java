package dev.cnnc.dsl;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts in {@code src/test/resources}.
 *
 * <p>With {@code -Dgolden=rewrite} a test writes what it found and then fails: no build can bless
 * itself.
 */
final class Golden {

  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private Golden() {}

  static String read(String file) {
    try {
      return Files.readString(RESOURCES.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isRewritten() {
    return System.getProperty("golden", "").equals("rewrite");
  }

  static void rewrite(String file, String text) {
    try {
      Files.writeString(RESOURCES.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fail(file + " is rewritten: read it, and run again without -Dgolden=rewrite");
  }
}
