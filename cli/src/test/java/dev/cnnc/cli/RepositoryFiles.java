package dev.cnnc.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of this repository; the tests of a module run in its folder. */
final class RepositoryFiles {

  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** What builds write while tests run: files come and go there. */
  private static final Set<Path> WRITTEN = Set.of(Path.of("target"), Path.of(".git"));

  private RepositoryFiles() {}

  /** Those of all modules whose names end with {@code suffix}, in order. */
  static List<Path> endingWith(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return WRITTEN.contains(folder.getFileName())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }
}
