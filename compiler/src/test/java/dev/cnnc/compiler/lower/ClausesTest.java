package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Preprocess.Filter;
import dev.cnnc.runtime.Preprocess.Order;
import dev.cnnc.runtime.Preprocess.Resize;
import dev.cnnc.runtime.weights.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says around its graph. */
class ClausesTest {

  private static final String HEAD = "network n \"a net\"\ninput image [3, 8, 8]\nimage -> gap\n";

  @Test
  void weightsAreAFileBesideThisOneOrSyntheticOrUnsaid(@TempDir Path folder) {
    assertThat(lower("weights \"x/n.safetensors\"", folder).weights())
        .isEqualTo(new Network.Weights.File(folder.resolve("x/n.safetensors")));
    assertThat(lower("weights synthetic", folder).weights())
        .isEqualTo(new Network.Weights.Synthetic());
    assertThat(lower("", folder).weights()).isEqualTo(new Network.Weights.Unsaid());
  }

  @Test
  void weightsAreKeptInThirtyTwoBitsUnlessTheClauseSaysOtherwise(@TempDir Path folder) {
    assertThat(lower("weights synthetic", folder).storage()).isEqualTo(Storage.F32);
    assertThat(lower("weights synthetic as f32", folder).storage()).isEqualTo(Storage.F32);
    assertThat(lower("weights \"n.safetensors\" as f16", folder).storage()).isEqualTo(Storage.F16);
    assertThat(lower("weights synthetic as bf16", folder).storage()).isEqualTo(Storage.BF16);
  }

  @Test
  void labelsAreAListOrTheLinesOfAFile(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("names.txt"), "cat\r\na dog\n\u00e9lan\n");

    assertThat(lower("labels \"names.txt\"", folder).labels())
        .containsExactly("cat", "a dog", "\u00e9lan");
    Files.writeString(folder.resolve("names.txt"), "\uFEFFcat\n\ndog\n \r\n\n");
    assertThat(lower("labels \"names.txt\"", folder).labels()).containsExactly("cat", "", "dog");
    assertThat(lower("labels [\"a\", \"b\", \"c\"]", folder).labels())
        .containsExactly("a", "b", "c");
    assertThat(lower("", folder).labels()).isEmpty();
  }

  @Test
  void preprocessMayStandInAnyOrder(@TempDir Path folder) {
    assertThat(
            lower("preprocess { std [1, 2, 4]; mean 0.5; crop 8; scale 1/4; resize 16 }", folder)
                .inputs()
                .getFirst()
                .preprocess())
        .contains(
            new Preprocess(
                new Resize.ShortSide(16),
                8,
                8,
                0.25,
                List.of(0.5, 0.5, 0.5),
                List.of(1.0, 2.0, 4.0)));
    assertThat(lower("preprocess { resize 8x8 }", folder).inputs().getFirst().preprocess())
        .contains(new Preprocess(new Resize.Exact(8, 8), 0, 0, 1, List.of(), List.of()));
    assertThat(lower("", folder).inputs().getFirst().preprocess()).isEmpty();
  }

  @Test
  void preprocessKnowsThePicturesOfDetectors(@TempDir Path folder) {
    assertThat(
            lower("preprocess { letterbox 8; bgr; scale 1/4 }", folder)
                .inputs()
                .getFirst()
                .preprocess())
        .contains(
            new Preprocess(
                new Resize.Letterbox(8, 8, 114, 0, false),
                Filter.OPENCV,
                0,
                0,
                Order.BGR,
                0.25,
                List.of(),
                List.of()));
    assertThat(
            lower(
                    "preprocess { place corner; fill 0; stride 4; letterbox 12x8; filter pillow }",
                    folder)
                .inputs()
                .getFirst()
                .preprocess())
        .contains(
            new Preprocess(new Resize.Letterbox(12, 8, 0, 4, true), 0, 0, 1, List.of(), List.of()));
    assertThat(
            lower("preprocess { resize 9; multiple 4; filter opencv }", folder)
                .inputs()
                .getFirst()
                .preprocess())
        .contains(
            new Preprocess(
                new Resize.Multiple(9, 4),
                Filter.OPENCV,
                0,
                0,
                Order.RGB,
                1,
                List.of(),
                List.of()));
  }

  /** torchvision's googlenet: normalised for ImageNet, then what transform_input does to that. */
  @Test
  void theReadmeSeesWhatTransformInputMakes() {
    String clause =
        Markdown.read(Path.of("../README.md")).blocks().stream()
            .filter(block -> block.kind().equals("cnn") && block.text().contains("mean [0.5"))
            .findFirst()
            .orElseThrow()
            .text();
    Preprocess ours =
        Texts.network("network n\nimage -> gap\n" + clause)
            .inputs()
            .getFirst()
            .preprocess()
            .orElseThrow();
    double[] mean = {0.485, 0.456, 0.406};
    double[] std = {0.229, 0.224, 0.225};
    for (int channel = 0; channel < 3; channel++) {
      for (double v = 0; v <= 1; v += 0.125) {
        double normalised = (v - mean[channel]) / std[channel];
        double seen = normalised * (std[channel] / 0.5) + (mean[channel] - 0.5) / 0.5;
        assertThat((v - ours.mean().get(channel)) / ours.deviation().get(channel))
            .isCloseTo(seen, within(1e-12));
      }
    }
    assertThat(ours.scale()).isEqualTo(1.0 / 255);
  }

  @Test
  void theRestIsKept(@TempDir Path folder) {
    Network network = lower("exact", folder);
    assertThat(network.exact()).isTrue();
    assertThat(network.description()).isEqualTo("a net");
    assertThat(network.graph().name()).isEqualTo("n");
    assertThat(lower("", folder).exact()).isFalse();
  }

  private static Network lower(String clause, Path folder) {
    Lowered lowered = Lowering.lower(Parser.parse(new Source("net.cnn", HEAD + clause)), folder);
    assertThat(lowered.diagnostics()).isEmpty();
    return lowered.network().orElseThrow();
  }
}
