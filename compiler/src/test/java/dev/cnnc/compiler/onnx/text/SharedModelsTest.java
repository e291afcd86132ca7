package dev.cnnc.compiler.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.compiler.testing.SharedLogits;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.PictureReader;
import dev.cnnc.runtime.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of other makers, in files beside the checkout, say what they said there. */
class SharedModelsTest {

  private static final Path SHARED = Path.of("..", "..", "shared");
  private static final int PIXELS = 28 * 28;

  private static final String PHOTOGRAPHS =
      """
      labels "labels.txt"
      preprocess { resize 183; crop 160; scale 1/127.5; mean 1; std 1 }
      """;

  @TempDir private Path folder;

  private static Path shared(String file) {
    Path path = SHARED.resolve(file);
    assumeTrue(Files.exists(path), () -> "skipped: there is no " + path.normalize());
    return path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"squeezenet1_1", "mobilenet_v3_small", "shufflenet_v2_x1_0"})
  void agreesWithPyTorch(String name) throws IOException {
    Path model = shared("models/" + name + ".onnx");
    double[] expected = SharedLogits.of(name).orElseThrow();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    try (CompiledNetwork network = ImportedModel.of(model, folder).load()) {
      float[] scores = Results.of(network, Results.picture(network, "input"))[0];
      assertThat(scores).hasSameSizeAs(expected);
      for (int i = 0; i < scores.length; i++) {
        assertThat((double) scores[i]).isCloseTo(expected[i], within(1e-4 * largest));
      }
    }
  }

  @Test
  void lenet5ReadsTheDigitsThatPyTorchReads() throws IOException {
    byte[] pictures = Files.readAllBytes(shared("data/t10k-images-idx3-ubyte"));
    byte[] labels = Files.readAllBytes(shared("data/t10k-labels-idx1-ubyte"));
    int right = 0;
    try (CompiledNetwork network = ImportedModel.of(shared("models/lenet5.onnx"), folder).load()) {
      float[] picture = new float[PIXELS];
      for (int digit = 0; digit < 10_000; digit++) {
        for (int i = 0; i < PIXELS; i++) {
          picture[i] = (pictures[16 + digit * PIXELS + i] & 255) / 255f;
        }
        float[] scores = Results.of(network, picture)[0];
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
          best = scores[i] > scores[best] ? i : best;
        }
        right += best == labels[8 + digit] ? 1 : 0;
      }
    }
    assertThat(right).isEqualTo(9903);
  }

  /** The probabilities beside the photographs come of a picture that was not rounded to bytes. */
  @ParameterizedTest
  @CsvSource({
    "parrot.jpg, macaw, 0.995",
    "cat_720p.jpg, Egyptian cat, 0.54",
    "dragonfly.bmp, dragonfly, 0.92",
    "hot_dog.jpg, hotdog, 0.80"
  })
  void mobilenetNamesThePhotographs(String photograph, String label, double probability)
      throws IOException {
    Path picture = shared("data/photos/" + photograph);
    Files.copy(shared("data/imagenet_labels_1001.txt"), folder.resolve("labels.txt"));
    ImportedModel model =
        ImportedModel.of(
            OnnxReader.read(shared("models/mobilenet_v1_0.5_160.onnx")),
            "mobilenet",
            Map.of(),
            folder,
            PHOTOGRAPHS);
    try (CompiledNetwork network = model.load()) {
      Prediction best = network.classify(PictureReader.read(picture)).getFirst();
      assertThat(best.label()).startsWith(label);
      assertThat(best.probability()).isCloseTo(probability, within(0.01));
    }
  }

  @Test
  void mobilenetReadsWell() throws IOException {
    String text = ImportedModel.of(shared("models/mobilenet_v1_0.5_160.onnx"), folder).text();
    assertThat(text.lines()).hasSizeLessThan(60);
    assertThat(text)
        .contains("op01: dwconv(3x3, pad: 1)")
        .contains("op03: dwconv(3x3, stride: 2, pad: same)");
  }
}
