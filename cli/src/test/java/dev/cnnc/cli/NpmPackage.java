package dev.cnnc.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A package of npm, which npm downloads; tests that need it are skipped without. */
final class NpmPackage {
  private NpmPackage() {}

  /**
   * Fetches a package and puts the files of one of its folders into another.
   *
   * @param name with its version
   * @param inside the folder, which begins with package
   */
  static void unpacked(String name, String inside, Path folder) throws IOException {
    run(folder, List.of("npm", "pack", "--silent", "--prefer-offline", name), name);
    Path archive = folder.resolve(name.replace("@", "-") + ".tgz");
    run(folder, List.of("tar", "xzf", archive.toString(), "--strip-components", "2", inside), name);
  }

  private static void run(Path folder, List<String> command, String name) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(command.getFirst() + ".said").toFile())
              .start();
      if (Waiting.forEnd(process) == 0) {
        return;
      }
    } catch (IOException missing) {
      abort("skipped: no %s: %s".formatted(name, missing.getMessage()));
    }
    abort(
        "skipped: %s cannot fetch %s: %s"
            .formatted(
                command.getFirst(),
                name,
                Cnnc.read(folder.resolve(command.getFirst() + ".said")).strip()));
  }
}
