package dev.cnnc.cli;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.cost.Ledger;
import dev.cnnc.compiler.emit.Emitter;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.plan.Planner;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The files of a project around one network.
 *
 * @param network path of the network
 * @param files contents by path, with names filled in
 */
record ProjectTemplate(String network, Map<String, byte[]> files) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /** File systems allow 255 bytes in a name, and a suffix is added. */
  private static final int LONGEST = 100;

  /** What only modules have stands between two lines of a template. */
  private static final Pattern MODULE_PART =
      Pattern.compile("\\{\\{module}}\\R(.*?)\\{\\{end}}\\R", Pattern.DOTALL);

  ProjectTemplate {
    files = Map.copyOf(files);
  }

  /**
   * The project for a network of this name.
   *
   * @param module whether the project is a module and links an image
   * @throws IllegalArgumentException if the name is not valid
   */
  static ProjectTemplate of(String name, boolean module) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s is not a valid network name: a letter, then letters, digits and _".formatted(name));
    }
    if (!Parser.parse(new Source(name, "network " + name)).complete()) {
      throw new IllegalArgumentException(name + " is a keyword: choose another name");
    }
    String className = Emitter.className(name);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("pom.xml", parts("pom.xml", name, className, module));
    files.put(".gitignore", text("gitignore", name, className));
    files.put("README.md", parts("README.md", name, className, module));
    files.put("pictures/example.png", resource("example.png"));
    String network = "src/main/cnn/" + name + ".cnn";
    files.put(network, text("network.cnn", name, className));
    String program = "com/example/" + className;
    files.put("src/main/java/" + program + "Main.java", java("Main.java", name, className));
    files.put("src/test/java/" + program + "Test.java", java("Test.java", name, className));
    if (module) {
      files.put("src/main/java/module-info.java", text("module-info.java", name, className));
    }
    return new ProjectTemplate(network, files);
  }

  /** Writes the files, and the ledger of the network. */
  void write(Path folder) {
    files.forEach((path, content) -> write(folder.resolve(path), content));
    Path file = folder.resolve(network);
    try {
      List<Network> sizes = Frontend.of(file).sizes();
      Ledger.of(file, sizes, Planner.plans(NetworkFile.improved(sizes))).write();
    } catch (IOException problem) {
      throw Failure.writing(Ledger.fileOf(file), problem);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, content);
    } catch (IOException problem) {
      throw Failure.writing(file, problem);
    }
  }

  /** Fills in a Java template; rejects a class name that would mean another class in it. */
  private static byte[] java(String template, String name, String className) {
    byte[] content = text(template, name, className);
    boolean imported =
        new String(content, StandardCharsets.UTF_8)
            .lines()
            .anyMatch(line -> line.startsWith("import") && line.endsWith("." + className + ";"));
    if (imported) {
      throw new IllegalArgumentException(
          "the class would be called %s, like one of Java's or of the runtime: choose another name"
              .formatted(className));
    }
    return content;
  }

  /** With or without what only a module has. */
  private static byte[] parts(String template, String name, String className, boolean module) {
    String all = new String(text(template, name, className), StandardCharsets.UTF_8);
    return MODULE_PART.matcher(all).replaceAll(module ? "$1" : "").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(String template, String name, String className) {
    return new String(resource(template + ".template"), StandardCharsets.UTF_8)
        .replace("{{name}}", name)
        .replace("{{class}}", className)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String file) {
    try (InputStream in = ProjectTemplate.class.getResourceAsStream("project/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
