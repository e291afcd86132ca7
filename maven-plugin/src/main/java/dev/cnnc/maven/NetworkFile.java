package dev.cnnc.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.apache.maven.plugin.MojoFailureException;

/**
 * A {@code .cnn} file of the project; its package is always a name that Java accepts.
 *
 * @param name path below the source folder, with slashes on every system
 * @param file path of the file
 * @param packageName the folder of the file as a package, or the project's package at the root
 */
record NetworkFile(String name, Path file, String packageName) {

  /** Every {@code .cnn} file below the folder, in the order of their names. */
  static List<NetworkFile> below(Path folder, String rootPackage)
      throws IOException, MojoFailureException {
    List<NetworkFile> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> walk = Files.walk(folder)) {
        List<Path> found =
            walk.filter(path -> path.toString().endsWith(".cnn"))
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
        for (Path file : found) {
          files.add(of(folder, file, rootPackage));
        }
      }
    }
    return List.copyOf(files);
  }

  private static NetworkFile of(Path folder, Path file, String rootPackage)
      throws MojoFailureException {
    String name = folder.relativize(file).toString().replace('\\', '/');
    int slash = name.lastIndexOf('/');
    String packageName = slash < 0 ? rootPackage : name.substring(0, slash).replace('/', '.');
    if (!SourceVersion.isName(packageName)) {
      throw new MojoFailureException(
          slash < 0
              ? file
                  + " lies at the root of its folder, so its class would go to package '"
                  + packageName
                  + "', which Java does not accept: set <package> in the plugin's"
                  + " <configuration>, or move the file into a folder named like a package"
              : file
                  + " would go to package '"
                  + packageName
                  + "', which Java does not accept: rename the folder");
    }
    return new NetworkFile(name, file, packageName);
  }
}
