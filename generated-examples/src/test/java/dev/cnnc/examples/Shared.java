package dev.cnnc.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data beside the checkout; a test that wants it is skipped, visibly, where it is missing. */
record Shared(Path file) {
  static Path file(String name) {
    Path file = Path.of("..", "..", "shared", name);
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file.normalize());
    return file;
  }
}
