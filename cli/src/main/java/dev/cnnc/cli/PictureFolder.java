package dev.cnnc.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The files of a folder and of the folders in it.
 *
 * @param names of all that are not hidden, as seen from the folder, with {@code /}; sorted
 */
record PictureFolder(Path folder, List<String> names) {
  PictureFolder {
    names = List.copyOf(names);
  }

  /**
   * Lists the files.
   *
   * @param except a file that is no picture even if it is in the folder
   */
  static PictureFolder of(Path folder, Optional<Path> except) {
    // A link to a folder is followed at the beginning, and nowhere else: links may form a circle.
    try (Stream<Path> files = Files.walk(folder.toRealPath())) {
      Path real = folder.toRealPath();
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .filter(file -> except.isEmpty() || !same(file, except.get()))
              .map(real::relativize)
              .map(PictureFolder::name)
              .filter(name -> !("/" + name).contains("/."))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new Failure(folder + " has no pictures: name a folder that has some");
      }
      return new PictureFolder(folder, names);
    } catch (UncheckedIOException problem) {
      throw Failure.reading(folder, Objects.requireNonNull(problem.getCause()));
    } catch (IOException problem) {
      throw Failure.reading(folder, problem);
    }
  }

  private static boolean same(Path file, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(file, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path relative) {
    return String.join(
        "/", StreamSupport.stream(relative.spliterator(), false).map(Path::toString).toList());
  }

  Path file(String name) {
    return folder.resolve(name);
  }
}
