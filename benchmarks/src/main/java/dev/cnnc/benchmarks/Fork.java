package dev.cnnc.benchmarks;

import ai.onnxruntime.OrtException;
import dev.cnnc.compiler.measure.Peak;
import dev.cnnc.compiler.measure.Times;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.TooLargeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process that measures one network and prints one line: a {@link Measured} as JSON, or {@value
 * #REFUSED} and the reason.
 */
final class Fork {
  static final String REFUSED = "refused: ";

  private Fork() {}

  /** Takes the file, the words of {@link Settings} and those of {@link InputShapes}. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    Settings settings = Settings.parse(words.subList(1, 1 + Settings.WORDS));
    InputShapes shapes = InputShapes.parse(words.subList(1 + Settings.WORDS, words.size()));
    try {
      Measured measured = measure(Subject.of(Path.of(words.getFirst()), shapes), settings);
      System.out.println(JsonMapper.shared().writeValueAsString(measured));
    } catch (Refused refused) {
      System.out.println(REFUSED + refused.reason());
    } catch (OnnxException | TooLargeException refused) {
      System.out.println(REFUSED + new Refused(String.valueOf(refused.getMessage())).reason());
    } catch (OrtException refused) {
      System.out.println(REFUSED + new Refused("ONNX Runtime: " + refused.getMessage()).reason());
    }
  }

  private static Measured measure(Subject subject, Settings settings)
      throws IOException, OrtException, Refused {
    try (OnnxRuntime theirs = OnnxRuntime.of(subject, settings.threads());
        EmittedClass ours = new EmittedClass(subject, settings.threads())) {
      // Threads inherit it, and those of a class start when a run first needs them: all of them
      // would share one processor.
      boolean pinned = settings.threads() == 1 && Pinning.pin(settings.processor());
      ours.warm();
      theirs.warm();
      List<Times> times = Turns.take(List.of(ours, theirs), settings.clock(), settings.seconds());
      return new Measured(
          subject.name(),
          2 * Cost.of(subject.written().graph()).macs(),
          Peak.gigaflops(),
          pinned,
          difference(ours.firstOutput(), theirs.firstOutput()),
          times.get(0).summary(),
          times.get(1).summary());
    }
  }

  private static double difference(float[] ours, float[] theirs) throws Refused {
    if (ours.length != theirs.length) {
      throw new Refused(
          "the first output has %,d numbers, in ONNX Runtime %,d"
              .formatted(ours.length, theirs.length));
    }
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
