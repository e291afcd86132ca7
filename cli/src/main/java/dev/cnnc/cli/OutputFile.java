package dev.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A file to be written. It appears whole or not at all, and never replaces one that the network was
 * read from.
 *
 * @param inputs what the network was read from
 */
record OutputFile(Path path, List<Path> inputs) {

  /** Something that writes a file from its beginning to its end. */
  interface Content {
    void to(Path file) throws IOException;
  }

  /** Writes it, and its folder where that is missing. */
  Path write(Content content) {
    try {
      if (isInput()) {
        throw new Failure(
            "%s would replace a file that the network was read from: choose another folder"
                .formatted(path));
      }
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
      try {
        content.to(unfinished);
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      return path;
    } catch (IOException problem) {
      throw Failure.writing(path, problem);
    }
  }

  private boolean isInput() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    for (Path input : inputs) {
      if (Files.exists(input) && Files.isSameFile(path, input)) {
        return true;
      }
    }
    return false;
  }
}
