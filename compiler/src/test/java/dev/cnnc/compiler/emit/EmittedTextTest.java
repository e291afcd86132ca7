package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.compiler.testing.RandomGraphs;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    check(NetworkFiles.compile(file).java());
  }

  @Test
  void ofTheDeepestNetwork() throws IOException {
    Backend backend = NetworkFiles.compile(NetworkFiles.deepest(folder));
    assertThat(backend.plan().steps()).hasSizeGreaterThan(1200);
    check(backend.java());
  }

  static Stream<String> families() {
    return KernelGraphs.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void ofEveryKernel(String family) throws IOException {
    check(CompiledGraph.of(KernelGraphs.all().get(family)).backend().java());
  }

  @Test
  void ofRandomGraphs() throws IOException {
    for (long seed = 2000; seed < 2005; seed++) {
      check(CompiledGraph.of(RandomGraphs.of(seed)).backend().java());
    }
  }

  private void check(Emitter.Emitted emitted) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : emitted.sources().entrySet()) {
      files.add(folder.resolve(source.getKey() + ".java"));
      Files.writeString(files.getLast(), source.getValue());
      assertThat(source.getValue().lines().filter(line -> line.endsWith(" "))).isEmpty();
      assertThat(source.getValue().lines().filter(line -> line.length() > WIDEST_LINE).limit(10))
          .isEmpty();
    }
    assertThat(javac(files)).isEmpty();
    assertThat(longMethods()).isEmpty();
  }

  /** What javac says. */
  private String javac(List<Path> sources) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-proc:none",
            "-Xlint:all,-incubating",
            "-Xmaxwarns",
            "10",
            "-Werror",
            "-d",
            folder.toString());
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      javac
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return said.toString();
  }

  private List<String> longMethods() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        for (MethodModel method : type.methods()) {
          int length = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
          if (length > LONGEST_METHOD) {
            found.add(
                "%s.%s takes %d bytes"
                    .formatted(
                        type.thisClass().asInternalName(),
                        method.methodName().stringValue(),
                        length));
          }
        }
      }
    }
    return found;
  }
}
