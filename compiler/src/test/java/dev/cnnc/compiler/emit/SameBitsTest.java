package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.testing.AllocationMain;
import dev.cnnc.compiler.testing.BitsMain;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.OtherJava;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.Simd;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A class gives the same bits at every width of vectors, on any JVM, with any number of threads.
 *
 * <p>Each row is a JVM of its own, so two rows run at a time.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameBitsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String SCALAR = "-Ddev.cnnc.simd=scalar";

  @TempDir static Path folder;

  private final List<String> all = new ArrayList<>();

  /** All classes in a JVM without the module of vectors, which so runs scalar code. */
  private Fork withoutModule;

  /** What that gives: the lines of every other JVM. */
  private List<String> expected;

  @BeforeAll
  void write() throws IOException, InterruptedException {
    KernelFamilies.write(folder, new Synthetic());
    List<CompiledGraph> graphs = new ArrayList<>();
    for (long seed = 1000; seed < 1005; seed++) {
      graphs.add(CompiledGraph.of(RandomGraphs.of(seed), "random.seed" + seed));
    }
    for (long seed = 1000; seed < 1003; seed++) {
      graphs.add(CompiledGraph.of(RandomGraphs.ofSeveralInputs(seed), "inputs.seed" + seed));
    }
    CompiledGraph.write(graphs, folder, new Synthetic());
    KernelFamilies.shared().values().forEach(family -> all.add(family.className()));
    graphs.forEach(graph -> all.add(graph.className()));
    withoutModule = run(1, 1, all, logged(logWithoutModule()));
    expected = lines(withoutModule);
    assertThat(expected).hasSameSizeAs(all);
  }

  /**
   * In a JVM as most start it, and in those that compile early and wait for their compilers: these
   * compute less with vectors that are objects, and C2 has compiled more kernels after one round
   * than in the other JVM after fifteen. Columns: threads, rounds for each class, options.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 15, -Ddefault",
    "2, 1, EARLY",
    "1, 1, -Xbatch -Ddev.cnnc.simd=512",
    "1, 1, EARLY -Ddev.cnnc.simd=256",
    "3, 1, -Xbatch -Ddev.cnnc.simd=128",
    "2, 1, EARLY -Ddev.cnnc.simd=scalar",
    "1, 1, EARLY -XX:UseAVX=2"
  })
  void givesTheBitsOfScalarCode(int threads, int rounds, String options)
      throws IOException, InterruptedException {
    assumeTrue(
        threads > 1 || !options.endsWith("simd=" + Simd.lanes() * Float.SIZE),
        "skipped: the width of this machine, which -Ddefault runs with, for more rounds");
    String early = String.join(" ", AllocationMain.OPTIONS);
    String[] both = (MODULE + " " + options.replace("EARLY", early)).split(" ", -1);
    assertThat(lines(run(threads, rounds, all, both))).isEqualTo(expected);
  }

  /**
   * On every other Java that is found: with the vectors of the machine, and with shorter ones.
   * Columns as above.
   */
  @ParameterizedTest
  @MethodSource("dev.cnnc.compiler.testing.OtherJava#all")
  void givesThemOnAnotherJava(Optional<OtherJava> found) throws IOException, InterruptedException {
    OtherJava java = OtherJava.orSkipped(found);
    for (String row : List.of("1 15 -Ddefault", "1 5 -Xbatch -XX:UseAVX=2", "2 1 " + SCALAR)) {
      List<String> words = List.of(row.split(" ", -1));
      List<String> options = new ArrayList<>(words.subList(2, words.size()));
      options.add(MODULE);
      List<String> arguments = new ArrayList<>(words.subList(0, 2));
      arguments.addAll(all);
      Fork fork = java.run(options, folder, BitsMain.class, arguments);
      assertThat(fork.status()).as(fork.errors()).isZero();
      assertThat(lines(fork)).as("%s, %s", java, row).isEqualTo(expected);
    }
  }

  /**
   * Kernels stay scalar there, and a multiplication with an addition can take a microsecond: so not
   * for all. Columns: option, some.
   */
  @ParameterizedTest
  @CsvSource({
    "-Xint, family.elementwise",
    "-XX:-UseFMA, family.elementwise|family.movement|family.layers|family.gated|random.seed1000",
    "-XX:TieredStopAtLevel=1, family.elementwise|family.movement|family.gated|random.seed1000"
  })
  void givesThemWithoutVectors(String option, String families)
      throws IOException, InterruptedException {
    compareSome(families, MODULE, option);
  }

  /** One processor, little memory, no folder to write to: vectors from the first run on. */
  @Test
  void givesThemInASmallContainer() throws IOException, InterruptedException {
    compareSome(
        "family.elementwise",
        MODULE,
        "-XX:ActiveProcessorCount=1",
        "-Xmx64m",
        "-Djava.io.tmpdir=/nowhere",
        "-Duser.home=/nowhere");
  }

  private void compareSome(String families, String... options)
      throws IOException, InterruptedException {
    List<String> some =
        all.stream().filter(name -> name.matches("(" + families + ").Net")).toList();
    List<String> wanted = expected.stream().filter(line -> some.contains(name(line))).toList();
    assertThat(wanted).hasSameSizeAs(families.split("\\|", -1));
    assertThat(lines(run(1, 1, some, options))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "256", "128", "scalar"})
  void loadsTheKernelsOfOneWidth(String width) throws IOException, InterruptedException {
    Path log = folder.resolve("loaded-" + width);
    run(1, 1, List.of("family.elementwise.Net"), MODULE, "-Ddev.cnnc.simd=" + width, logged(log));
    String own = "NetKernels$" + (width.equals("scalar") ? "Scalar" : "Simd" + width);
    assertThat(loaded(log).filter(name -> name.matches("family.*NetKernels\\$(Simd\\d+|Scalar)")))
        .containsExactly("family.elementwise." + own);
  }

  @Test
  void needsNoVectorModule() throws IOException {
    assertThat(withoutModule.errors())
        .containsOnlyOnce(
            "WARNING: no vector module, so scalar code, several times slower: add --add-modules"
                + " jdk.incubator.vector to the java command\n");
    assertThat(
            loaded(logWithoutModule())
                .filter(name -> name.matches("jdk\\.incubator.*|.*NetKernels\\$Simd\\d+")))
        .isEmpty();
  }

  private static Path logWithoutModule() {
    return folder.resolve("loaded-without-module");
  }

  private static Fork run(int threads, int rounds, List<String> classes, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(classes);
    arguments.add(0, Integer.toString(threads));
    arguments.add(1, Integer.toString(rounds));
    Fork fork = Fork.run(List.of(options), folder, BitsMain.class, arguments);
    assertThat(fork.status()).as(fork.errors()).isZero();
    return fork;
  }

  private static List<String> lines(Fork fork) {
    return fork.output().lines().toList();
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static String logged(Path log) {
    return "-Xlog:class+load:file=" + log + "::filecount=0";
  }

  /** Names of the classes that a log tells of. */
  private static Stream<String> loaded(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" source: "))
        .map(line -> line.replaceAll(".*\\] (\\S+) source: .*", "$1"));
  }
}
