import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites every hand-written Java file; a program of its own because the formatter takes
 * no directories and has to run on the JDK 25 that the build selects.
 */
final class FormatSources {
  public static void main(String[] arguments) throws Exception {
    boolean fix = arguments[0].equals("fix");
    List<String> command =
        new ArrayList<>(fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    command.addAll(sources(Path.of(arguments[1])));
    PrintWriter err = new PrintWriter(System.err, true);
    // Standard error for the names too: quiet Maven prints nothing else of a failed check.
    int status = new Main(err, err, System.in).format(command.toArray(String[]::new));
    if (status != 0) {
      err.println("The files above are not as google-java-format writes them.");
      err.println("To format all: mvn -N -q validate -Pformat");
    }
    System.exit(status);
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    files.add(root.resolve(".ci/FormatSources.java").toString());
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
        for (String kind : List.of("main", "test")) {
          Path folder = module.resolve("src").resolve(kind).resolve("java");
          if (Files.isDirectory(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
              walk.map(Path::toString)
                  .filter(file -> file.endsWith(".java"))
                  .sorted()
                  .forEach(files::add);
            }
          }
        }
      }
    }
    return files;
  }
}
