package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The networks of the examples, under synthetic weights. */
public final class Zoo {

  private static final Path FOLDER = Path.of("..", "generated-examples", "src", "main", "cnn");

  private Zoo() {}

  /** A test of one network. */
  public interface Check {
    void of(Path file) throws Exception;
  }

  public static Stream<DynamicTest> tests(Check check) throws IOException {
    return files().stream().map(file -> DynamicTest.dynamicTest(name(file), () -> check.of(file)));
  }

  /** As its file says it, before any pass: quick, because nothing is planned. */
  public static Network written(Path file) throws IOException {
    Frontend frontend = Frontend.of(file);
    return frontend
        .written()
        .orElseThrow(() -> new IllegalStateException(frontend.diagnostics().toString()));
  }

  /** For this JVM alone, by the folder: {@code networks/resnet18}. */
  public static Compilation.Result compiled(String name) throws IOException {
    return compiled(FOLDER.resolve(name + ".cnn"));
  }

  public static Compilation.Result compiled(Path file) throws IOException {
    Compilation compilation =
        Compiler.compileHere(file, Optional.of(new Network.Weights.Synthetic()));
    return compilation
        .result()
        .orElseThrow(() -> new IllegalStateException(compilation.diagnostics().toString()));
  }

  /** What the passes make of the networks of at most so many multiply-accumulates. */
  public static List<Network> improved(long macs) throws IOException {
    List<Network> networks = new ArrayList<>();
    for (Path file : files()) {
      Network written = Frontend.of(file).written().orElseThrow();
      if (Cost.of(written.graph()).macs() <= macs) {
        networks.add(Passes.improved(written));
      }
    }
    return networks;
  }

  /** As {@link #compiled(String)} takes it. */
  public static String name(Path file) {
    return FOLDER.relativize(file).toString().replace('\\', '/').replace(".cnn", "");
  }

  /** All there are; the files of blocks alone are no networks. */
  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(".cnn"))
          .filter(file -> !file.startsWith(FOLDER.resolve("blocks")))
          .sorted()
          .toList();
    }
  }
}
