package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import dev.cnnc.runtime.weights.WeightsException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An emitted class takes the file that was written with it, and no other. */
class WeightsBesideTest {
  /** Its numbers are in the file, as trained ones are; those of a synthetic source are not. */
  private static final TensorSource TRAINED = (name, shape) -> new Synthetic().tensor(name, shape);

  @TempDir Path folder;
  private final CompiledGraph compiled = CompiledGraph.of(graph(16));
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    compiled.write(folder, TRAINED);
    file = folder.resolve("Net.weights");
  }

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  @Test
  void givesWhatWeightsInMemoryGive() throws Throwable {
    try (CompiledNetwork read = load();
        CompiledNetwork packed = compiled.load(TRAINED, Threads.caller())) {
      float[] picture = Results.picture(read, "input");
      assertThat(Results.of(read, picture)).isDeepEqualTo(Results.of(packed, picture));
    }
  }

  @Test
  void refusesTheFileOfAnotherClass() throws IOException {
    byte[] own = Files.readAllBytes(file);
    CompiledGraph.of(graph(17)).write(folder, TRAINED);
    byte[] other = Files.readAllBytes(file);
    compiled.write(folder, TRAINED);
    assertThat(Files.readAllBytes(file)).isEqualTo(own);
    Files.write(file, other);
    refuses("belong to another model");
  }

  @Test
  void refusesNoFile() throws IOException {
    Files.delete(file);
    refuses("are missing");
  }

  @Test
  void refusesAPartOfTheFile() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      refuses("Weights Net.weights");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    refuses("Weights Net.weights");
  }

  @Test
  void refusesAFlippedBit() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      int bit = random.nextInt(8 * bytes.length);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      refuses("Weights Net.weights");
    }
  }

  private void refuses(String why) {
    assertThatThrownBy(this::load)
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Net.weights");
  }

  private CompiledNetwork load() throws Throwable {
    URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    loaders.add(loader);
    Class<?> type = loader.loadClass("Net");
    return (CompiledNetwork)
        MethodHandles.publicLookup().findStatic(type, "load", MethodType.methodType(type)).invoke();
  }

  private static Graph graph(int filters) {
    GraphBuilder graph = new GraphBuilder(3, 5, 4);
    int conv = graph.conv("conv", 0, filters, Window.of(3, 3));
    return graph.build(graph.fc("fc", graph.batchNorm("bn", conv), 5));
  }
}
