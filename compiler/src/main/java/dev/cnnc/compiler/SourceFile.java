package dev.cnnc.compiler;

import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as texts. */
public final class SourceFile {
  /** More than any parser accepts; what lies behind is not read. */
  private static final int MOST_BYTES = 8 << 20;

  private SourceFile() {}

  /**
   * The text of a file in UTF-8; bytes that are none become replacement characters, which the
   * parser rejects with their place.
   */
  public static Source read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      return new Source(file.toString(), new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
