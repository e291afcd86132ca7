package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.FcGraphs;
import dev.cnnc.compiler.testing.KernelFamilies;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An instance of an emitted class gives what a fresh one gives, whatever happened to it before. */
class InstanceTest {
  private static final Synthetic SYNTHETIC = new Synthetic();

  @Test
  void remembersNoPicture() {
    CompiledGraph convs = KernelFamilies.shared().get("convs");
    PackedWeights weights = PackedWeights.of(convs.backend().weights(), SYNTHETIC);
    remembersNothing(
        "convs",
        InMemory.instance(convs.className(), KernelFamilies.classes(), weights, Threads.caller()));
    for (long seed = 5000; seed < 5004; seed++) {
      remembersNothing("seed " + seed, instance(RandomGraphs.of(seed)));
      remembersNothing("wide, seed " + seed, instance(RandomGraphs.wide(seed)));
    }
  }

  private static NetworkInstance instance(Graph graph) {
    return CompiledGraph.of(graph).instance(SYNTHETIC, Threads.caller());
  }

  private static void remembersNothing(String what, NetworkInstance instance) {
    try (NetworkInstance used = instance;
        NetworkInstance fresh = Results.fork(used)) {
      float[][] first = Results.inputs(used, "first");
      float[][] second = Results.inputs(used, "second");
      Results.of(used, first);
      assertThat(Results.of(used, second)).as(what).isDeepEqualTo(Results.of(fresh, second));
    }
  }

  @Test
  void survivesFailures() {
    CompiledGraph compiled = CompiledGraph.of(FcGraphs.fcs());
    try (CompiledNetwork network = compiled.load(SYNTHETIC, Threads.of(2))) {
      float[] picture = Results.picture(network, "picture");
      float[][] expected = Results.of(network, picture);

      assertThatThrownBy(() -> network.run(new float[picture.length + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("net: input is [5, 4, 6], which takes 120 floats, but 121 were given");
      assertThatThrownBy(() -> network.run(picture, new float[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("but 1 were given");
      assertThat(Results.of(network, picture)).isDeepEqualTo(expected);

      network.listen(
          (step, _, _) -> {
            if (step == 10) {
              throw new IllegalStateException("the listener fails");
            }
          });
      assertThatThrownBy(() -> network.run(picture)).hasMessage("the listener fails");
      network.listen(null);
      assertThat(Results.of(network, picture)).isDeepEqualTo(expected);
    }
  }

  @Test
  void servesOneThread() throws InterruptedException {
    CompiledGraph compiled = CompiledGraph.of(RandomGraphs.wide(5000));
    try (CompiledNetwork network = compiled.load(SYNTHETIC, Threads.caller())) {
      float[] picture = Results.picture(network, "picture");
      float[][] expected = Results.of(network, picture);
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      network.listen(
          (step, _, _) -> {
            inside.countDown();
            await(goOn);
          });
      AtomicReference<float[][]> result = new AtomicReference<>();
      Thread thread = new Thread(() -> result.set(Results.of(network, picture)));
      thread.start();
      inside.await();
      assertThatThrownBy(() -> network.run(picture))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "net is running: one instance serves one thread at a time, fork() gives more");
      assertThatThrownBy(network::close).isInstanceOf(IllegalStateException.class);
      goOn.countDown();
      thread.join();
      assertThat(result.get()).isDeepEqualTo(expected);
      network.listen(null);
      assertThat(Results.of(network, picture)).isDeepEqualTo(expected);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
