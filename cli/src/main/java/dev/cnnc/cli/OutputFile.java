package dev.cnnc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * An output file. It appears complete or not at all, and never replaces an input file of the
 * network.
 *
 * @param inputs the files from which the network was read
 */
record OutputFile(Path path, List<Path> inputs) {

  /** Something that writes a file from its beginning to its end. */
  interface Content {
    void to(Path file) throws IOException;
  }

  /** Writes the file, and creates its folder if that is missing. */
  Path write(Content content) {
    try {
      if (isInput()) {
        throw new Failure(
            "%s would replace an input file of the network: choose another folder".formatted(path));
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
