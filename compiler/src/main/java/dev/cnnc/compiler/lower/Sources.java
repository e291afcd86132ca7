package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Source;
import java.nio.file.Path;

/** A file as {@code use} sees it: who it is, and the files that lie around it. */
public interface Sources {

  /** The same for every name that leads to this file. */
  Path identity();

  /**
   * The file that this one calls {@code name}.
   *
   * @param name a path relative to this file
   */
  Found find(String name);

  /** The result of a search. */
  sealed interface Found {

    /**
     * A file that was read.
     *
     * @param source its text
     * @param around the file itself, with what lies around it
     */
    record Text(Source source, Sources around) implements Found {}

    /**
     * A file that cannot be read.
     *
     * @param file where it was looked for
     * @param reason the end of a sentence that begins with its name
     */
    record Unreadable(Path file, String reason) implements Found {}

    /** A file that exists or not, but must not be read. */
    record Outside() implements Found {}

    /** A name that no file can have. */
    record NoPath() implements Found {}
  }

  /** A file without a place, which has no others around it. */
  static Sources alone(Source source) {
    Path file = Path.of("alone");
    return new Sources() {
      @Override
      public Path identity() {
        return file;
      }

      @Override
      public Found find(String name) {
        return new Found.Unreadable(file, "is not there: " + source.name() + " has no folder");
      }
    };
  }
}
