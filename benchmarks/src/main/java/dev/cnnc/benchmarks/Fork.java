package dev.cnnc.benchmarks;

import ai.onnxruntime.OrtException;
import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.measure.Peak;
import dev.cnnc.compiler.measure.SyntheticInputs;
import dev.cnnc.compiler.measure.Times;
import dev.cnnc.compiler.plan.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A process that measures one network and prints one line: a {@link Measured} as JSON. */
final class Fork {

  private Fork() {}

  /** Takes the file and the words of {@link Settings}. */
  public static void main(String[] arguments) throws IOException, OrtException {
    Settings settings = Settings.parse(List.of(arguments).subList(1, arguments.length));
    Measured measured = measure(Path.of(arguments[0]), settings);
    System.out.println(JsonMapper.shared().writeValueAsString(measured));
  }

  private static Measured measure(Path file, Settings settings) throws IOException, OrtException {
    Compilation compilation = Compiler.compile(file, "", Optional.empty());
    Compilation.Result result =
        compilation
            .result()
            .orElseThrow(() -> new IllegalArgumentException(compilation.diagnostics().toString()));
    List<float[]> inputs = SyntheticInputs.of(result.written().graph());
    try (OnnxRuntime theirs =
            new OnnxRuntime(result.written(), result.source(), inputs, settings.threads());
        EmittedClass ours = new EmittedClass(result, inputs, settings.threads())) {
      // Pins after the engines have started, so that their threads do not inherit it.
      boolean pinned = Pinning.pin(settings.processor());
      ours.warm();
      theirs.warm();
      List<Times> times = Turns.take(List.of(ours, theirs), settings.clock(), settings.seconds());
      return new Measured(
          result.written().graph().name(),
          2 * Cost.of(result.written().graph()).macs(),
          Peak.gigaflops(),
          pinned,
          difference(ours.firstOutput(), theirs.firstOutput()),
          times.get(0).summary(),
          times.get(1).summary());
    }
  }

  private static double difference(float[] ours, float[] theirs) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      if (Float.isNaN(ours[i]) && Float.isNaN(theirs[i])) {
        continue; // 1,202 layers of synthetic weights overflow a float
      }
      largest = Math.max(largest, Math.abs(theirs[i]));
      difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
    }
    return largest == 0 ? difference : difference / largest;
  }
}
