package dev.cnnc.benchmarks;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.View;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A network that went through the real compiler, from text to a loaded class. */
record Built(long macs, CompiledNetwork network) {

  static Built of(String text) {
    Compilation.Result result = compile(text);
    CompiledNetwork network =
        InMemory.load(
            result.backend().java().className(),
            result.backend().java().text(),
            PackedWeights.of(result.backend().weights(), result.source()),
            Threads.caller());
    return new Built(Cost.of(result.written().graph()).macs(), network);
  }

  private static Compilation.Result compile(String text) {
    try {
      Path file = Files.createTempFile("benchmark", ".cnn");
      try {
        Files.writeString(file, text);
        Compilation compilation = Compiler.compile(file, "", Optional.empty());
        return compilation
            .result()
            .orElseThrow(() -> new IllegalArgumentException(compilation.diagnostics().toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  float[] input() {
    View view = network.signature().input();
    return new Synthetic().tensor("input", List.of(view.channels(), view.height(), view.width()));
  }

  float[] output() {
    return new float[network.signature().outputs().getFirst().view().size()];
  }
}
