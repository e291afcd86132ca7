package dev.cnnc.cli;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * A problem in the user's environment; the message describes it completely. Ends the command with
 * status 1, as an error in a network does.
 */
final class Failure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message, null, false, false);
  }

  static Failure reading(Path file, IOException problem) {
    String message = String.valueOf(problem.getMessage());
    return message.startsWith(file + " ")
        ? new Failure(message)
        : new Failure("cannot read %s: %s".formatted(quoted(file), reason(file, problem)));
  }

  static Failure writing(Path file, IOException problem) {
    String reason =
        problem instanceof NoSuchFileException
            ? "its folder does not exist"
            : reason(file, problem);
    return new Failure("cannot write %s: %s".formatted(quoted(file), reason));
  }

  /** Quotes an empty name, because an unset shell variable is easily overlooked. */
  private static String quoted(Path file) {
    return file.toString().isEmpty() ? "\"\"" : file.toString();
  }

  /** Explains an exception, because Java's own message is often only the name of the file. */
  private static String reason(Path file, IOException problem) {
    if (file.toString().isEmpty()) {
      return "a file has a name";
    }
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return switch (problem) {
      case NoSuchFileException missing ->
          missing.getFile().equals(file.toString())
              ? "it does not exist"
              : missing.getFile() + " does not exist";
      case AccessDeniedException _ -> "access is denied";
      case FileAlreadyExistsException there -> there.getFile() + " is in the way";
      case NotDirectoryException there -> there.getFile() + " is no folder";
      case DirectoryNotEmptyException there -> there.getFile() + " is a folder";
      case CharacterCodingException _ -> "it is no text in UTF-8";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(problem.getMessage());
    };
  }
}
