package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.emit.kernel.Texts;
import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.AllocationMain;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.KernelGraphs;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.compiler.testing.OtherJava;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once the JVM has compiled it, a network allocates nothing. Until then vectors are objects, and
 * how long that takes nobody promises: so a JVM of its own waits for its compilers, runs are
 * counted, and a class has to prove itself for a hundred in a row.
 */
class AllocationTest {
  @TempDir static Path folder;

  /** Of a hundred seeds, the one whose graph has the most kinds of kernels. */
  private static final long MOST_KERNELS = 53;

  private static final List<String> NAMES = new ArrayList<>();

  @BeforeAll
  static void write() throws IOException {
    write(new CompiledGraph(NetworkFiles.compile(NetworkFiles.named("lenet5"))));
    CompiledGraph most = CompiledGraph.of(RandomGraphs.wide(MOST_KERNELS), "most");
    assertThat(kernels(most)).isGreaterThan(15);
    write(most);
    write(CompiledGraph.of(formulas(), "formulas"));
  }

  /** Columns: threads, options. */
  @ParameterizedTest
  @CsvSource({"1, -Ddefault", "2, -Ddefault", "1, -XX:UseAVX=2", "1, -Ddev.cnnc.simd=128"})
  void endsOnceCompiled(int threads, String option) throws IOException, InterruptedException {
    ended(Fork.run(options(option), folder, AllocationMain.class, arguments(threads)));
  }

  @ParameterizedTest
  @MethodSource("dev.cnnc.compiler.testing.OtherJava#all")
  void endsOnAnotherJava(Optional<OtherJava> found) throws IOException, InterruptedException {
    OtherJava java = OtherJava.orSkipped(found);
    for (String option : List.of("-Ddefault", "-XX:UseAVX=2")) {
      ended(java.run(options(option), folder, AllocationMain.class, arguments(1)));
    }
  }

  private static List<String> options(String option) {
    List<String> options = new ArrayList<>(AllocationMain.OPTIONS);
    options.addAll(List.of("--add-modules=jdk.incubator.vector", option));
    return options;
  }

  private static List<String> arguments(int threads) {
    List<String> arguments = new ArrayList<>(NAMES);
    arguments.addFirst(Integer.toString(threads));
    return arguments;
  }

  private static void ended(Fork fork) {
    assertThat(fork.status()).as(fork.errors()).isZero();
    assertThat(fork.output().lines()).containsExactlyElementsOf(NAMES);
  }

  /** Long formulas behind several sums: the more of them in a method, the less C2 inlines. */
  private static Graph formulas() {
    GraphBuilder graph = new GraphBuilder(40, 5, 5);
    Window window = new Window(3, 3, 1, 1, 1, 1, Padding.all(1));
    int value = 0;
    for (Activation function : KernelGraphs.ACTIVATIONS) {
      int i = graph.last();
      int conv = graph.conv("depthwise" + i, value, 40, window, 40, true);
      value = graph.activate("act" + i, function, conv);
    }
    // Sums in memory: every long activation with and without a residual, chosen by one method.
    for (Activation function : KernelGraphs.ACTIVATIONS) {
      int i = graph.last();
      int conv = graph.conv("conv" + i, value, 40, Window.of(1, 1));
      int plain = graph.activate("plain" + i, function, conv);
      int second = graph.conv("second" + i, plain, 40, Window.of(1, 1));
      int sum = graph.add("sum" + i, new Op.Add(), second, plain);
      value = graph.activate("added" + i, function, sum);
    }
    int projected = graph.pixelFc("fc", value, 3 * 2 * 4);
    return graph.build(graph.add("attend", new Op.Attention(2), projected));
  }

  private static void write(CompiledGraph compiled) throws IOException {
    compiled.write(folder, new Synthetic());
    NAMES.add(compiled.className());
  }

  private static long kernels(CompiledGraph compiled) {
    return compiled.backend().plan().steps().stream()
        .map(step -> Texts.of(step.kernel()).entry().name())
        .distinct()
        .count();
  }
}
