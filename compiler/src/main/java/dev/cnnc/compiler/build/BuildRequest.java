package dev.cnnc.compiler.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The task of one run of the compiler, written by the build tool. A request has both folders.
 *
 * @param javaFolder output folder of Java source
 * @param resourceFolder output folder of everything else
 * @param allowOutside whether networks may name files outside of their project
 * @param vision whether the project depends on the library cnnc-vision
 * @param budget limits of all files
 * @param ledger what is done with the ledgers
 * @param units the files to compile, in this order
 */
record BuildRequest(
    Path javaFolder,
    Path resourceFolder,
    boolean allowOutside,
    boolean vision,
    Limits budget,
    LedgerUse ledger,
    List<Unit> units) {

  /**
   * Limits beside those of the files.
   *
   * @param text such as {@code macs <= 4.2G; arena <= 8 MiB}, or empty
   * @param folder of relative paths in it
   */
  record Limits(String text, Path folder) {}

  /** What is done with the ledgers beside the files. */
  enum LedgerUse {
    OFF,
    /** A difference is an error. */
    CHECK,
    WRITE
  }

  /**
   * One file to compile.
   *
   * @param file the {@code .cnn} file
   * @param packageName the package of its class
   */
  record Unit(Path file, String packageName) {}

  /**
   * Reads {@code java FOLDER}, {@code resources FOLDER}, {@code outside}, {@code vision}, {@code
   * budget LIMITS FOLDER}, {@code ledger USE} and {@code compile FILE PACKAGE}.
   */
  static BuildRequest read(Path request) throws IOException {
    Optional<Path> javaFolder = Optional.empty();
    Optional<Path> resourceFolder = Optional.empty();
    boolean allowOutside = false;
    boolean vision = false;
    Limits budget = new Limits("", Path.of(""));
    LedgerUse ledger = LedgerUse.OFF;
    List<Unit> units = new ArrayList<>();
    for (String line : Files.readAllLines(request)) {
      List<String> fields = ProtocolLine.split(line);
      switch (fields.getFirst()) {
        case "java" -> javaFolder = Optional.of(Path.of(fields.get(1)));
        case "resources" -> resourceFolder = Optional.of(Path.of(fields.get(1)));
        case "outside" -> allowOutside = true;
        case "vision" -> vision = true;
        case "budget" -> budget = new Limits(fields.get(1), Path.of(fields.get(2)));
        case "ledger" -> ledger = LedgerUse.valueOf(fields.get(1));
        case "compile" -> units.add(new Unit(Path.of(fields.get(1)), fields.get(2)));
        default -> throw new IOException("not a line of a build request: " + line);
      }
    }
    if (javaFolder.isEmpty() || resourceFolder.isEmpty()) {
      throw new IOException("the build request names no output folders: " + request);
    }
    return new BuildRequest(
        javaFolder.get(),
        resourceFolder.get(),
        allowOutside,
        vision,
        budget,
        ledger,
        List.copyOf(units));
  }
}
