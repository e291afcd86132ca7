package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.compiler.testing.RandomGraphs;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Emitted classes are Java that a reviewer accepts, and that HotSpot compiles. */
class EmittedTextTest {
  private static final int WIDEST_LINE = 100;

  /** HotSpot leaves longer methods to the interpreter, for ever. */
  private static final int LONGEST_METHOD = 8000;

  @TempDir Path folder;

  static Stream<Path> networks() {
    return NetworkFiles.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void ofNetworks(Path file) throws IOException {
    check(List.of(new CompiledGraph(NetworkFiles.compile(file))));
  }

  @Test
  void ofTheDeepestNetwork() throws IOException {
    Backend backend = NetworkFiles.compile(NetworkFiles.deepest(folder));
    assertThat(backend.plan().steps()).hasSizeGreaterThan(1200);
    check(List.of(new CompiledGraph(backend)));
  }

  /** Kernels of families are compiled already, without warnings: javac reads the networks alone. */
  @Test
  void ofEveryKernel() throws IOException {
    Set<String> kernels = new HashSet<>();
    List<Path> networks = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    for (CompiledGraph graph : KernelFamilies.shared().values()) {
      List<Path> both = write(graph);
      sources.addAll(both);
      networks.add(both.getFirst());
      kernels.add(graph.backend().java().sources().lastEntry().getKey());
    }
    for (Map.Entry<String, byte[]> each : KernelFamilies.classes().entrySet()) {
      if (kernels.contains(each.getKey().replaceFirst("\\$.*", ""))) {
        Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, each.getValue());
      }
    }
    check(sources, networks);
  }

  @Test
  void ofRandomGraphs() throws IOException {
    check(
        LongStream.range(2000, 2005)
            .mapToObj(seed -> CompiledGraph.of(RandomGraphs.of(seed), "random.seed" + seed))
            .toList());
  }

  /** All at once, which javac is faster with than one by one. */
  private void check(List<CompiledGraph> graphs) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (CompiledGraph graph : graphs) {
      sources.addAll(write(graph));
    }
    check(sources, sources);
  }

  /** The network, then its kernels. */
  private List<Path> write(CompiledGraph graph) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> text : graph.backend().java().sources().entrySet()) {
      // Not on the class path, where javac might take them for newer than their classes.
      Path source = folder.resolve("sources/" + text.getKey().replace('.', '/') + ".java");
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, text.getValue()));
    }
    return sources;
  }

  /**
   * Checks texts and the classes of the folder.
   *
   * @param uncompiled those that have no classes there yet
   */
  private void check(List<Path> sources, List<Path> uncompiled) throws IOException {
    assertThat(javac(uncompiled)).isEmpty();
    assertThat(faults()).isEmpty();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      assertThat(lines.stream().filter(line -> line.endsWith(" "))).as("%s", source).isEmpty();
      assertThat(lines.stream().filter(line -> line.length() > WIDEST_LINE).limit(10))
          .as("%s", source)
          .isEmpty();
    }
  }

  /** What javac says. */
  private String javac(List<Path> sources) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options = new ArrayList<>(KernelFamilies.NO_WARNINGS);
    options.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-proc:none",
            "--class-path",
            folder + File.pathSeparator + System.getProperty("java.class.path"),
            "-d",
            folder.toString()));
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      javac
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return said.toString();
  }

  /** Methods that C2 does not compile, or that make objects of vectors where it does not inline. */
  private List<String> faults() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        for (MethodModel method : type.methods()) {
          int length = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
          // What runs once need not be compiled: of networks that hold a family of kernels.
          boolean once = method.methodName().equalsString("<clinit>");
          if (length > LONGEST_METHOD && !once) {
            found.add(
                "%s.%s takes %d bytes"
                    .formatted(
                        type.thisClass().asInternalName(),
                        method.methodName().stringValue(),
                        length));
          }
          if (method.methodType().stringValue().contains("Vector")) {
            found.add(
                "%s.%s takes or returns a vector"
                    .formatted(
                        type.thisClass().asInternalName(), method.methodName().stringValue()));
          }
        }
      }
    }
    return found;
  }
}
