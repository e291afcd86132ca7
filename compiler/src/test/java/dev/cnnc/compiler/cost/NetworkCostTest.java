package dev.cnnc.compiler.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.StepCost;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.MemoryMain;
import dev.cnnc.compiler.testing.NetworkFiles;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of a cost are those of the things themselves. */
class NetworkCostTest {
  /**
   * A heap whose used bytes are objects alone: with G1 and its allocation buffers, one small object
   * of a thread of the JVM counts as its whole buffer.
   */
  private static final List<String> MEASURING =
      List.of("--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC", "-XX:-UseTLAB");

  @ParameterizedTest
  @EnumSource(Storage.class)
  void weightsAreAsLongAsTheirFile(Storage storage) throws IOException {
    Network written = written("cifar_resnet20").with(storage);
    Backend backend = backend(written);
    assertThat(backend.weights().bytes(storage, true))
        .isEqualTo(NetworkCost.of(written, backend.plan()).weightsFile())
        .isEqualTo(length(backend, new Synthetic(), storage));
    // Not a Synthetic: its numbers are stored.
    TensorSource numbers = (name, shape) -> new Synthetic().tensor(name, shape);
    assertThat(backend.weights().bytes(storage, false))
        .isGreaterThan(270_000L * (storage == Storage.F32 ? 4 : 2))
        .isEqualTo(length(backend, numbers, storage));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet5", "cifar_resnet20"})
  void memoryIsWhatTheHeapGrowsBy(String name, @TempDir Path folder) throws Exception {
    Network written = written(name);
    Backend backend = backend(written);
    NetworkCost cost = NetworkCost.of(written, backend.plan());
    CompiledGraph compiled = new CompiledGraph(backend);
    compiled.write(folder, new Synthetic());
    Fork fork =
        Fork.run(MEASURING, folder, MemoryMain.class, List.of(compiled.className(), "1", "2", "5"));
    assertThat(fork.status()).as(fork.errors()).isZero();
    List<Long> grown = fork.output().lines().map(Long::valueOf).toList();
    assertThat(grown).hasSize(3);
    for (int i = 0; i < 3; i++) {
      long further = List.of(0, 1, 4).get(i) * cost.memoryOfThread();
      assertThat(grown.get(i))
          .as("%s, number %s", name, i)
          .isCloseTo(cost.memory() + further, Percentage.withPercentage(1));
    }
  }

  @Test
  void stepsAddUp() throws IOException {
    Network written = written("cifar_resnet20");
    Backend backend = backend(written);
    NetworkCost cost = NetworkCost.of(written, backend.plan());
    assertThat(cost.steps()).hasSameSizeAs(backend.plan().steps());
    assertThat(cost.steps().stream().mapToLong(StepCost::macs).sum()).isEqualTo(cost.macs());
    assertThat(cost.steps().stream().mapToLong(StepCost::weights).sum())
        .isEqualTo(backend.plan().weights());
    assertThat(cost.steps().stream().mapToLong(StepCost::alive).max().orElseThrow())
        .isEqualTo(cost.arenaLowerBound() / Float.BYTES);
  }

  private static Network written(String name) throws IOException {
    return Frontend.of(NetworkFiles.named(name)).written().orElseThrow();
  }

  private static Backend backend(Network written) {
    return Backend.of(Passes.improved(written), "");
  }

  private static long length(Backend backend, TensorSource source, Storage storage)
      throws IOException {
    long[] length = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int one) {
            length[0]++;
          }

          @Override
          public void write(byte[] bytes, int from, int count) {
            length[0] += count;
          }
        };
    backend.weights().write(counting, source, storage);
    return length[0];
  }
}
