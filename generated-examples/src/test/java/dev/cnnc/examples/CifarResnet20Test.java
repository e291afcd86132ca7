package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import networks.Cifar_Resnet20;
import org.junit.jupiter.api.Test;

/** ResNet-20 with trained batch norms, folded, on a thousand pictures of CIFAR-10. */
class CifarResnet20Test {
  private static final int PIXELS = 32 * 32;
  private static final int RECORD = 1 + 3 * PIXELS;

  @Test
  void namesTheObjectsThatPyTorchNames() throws IOException {
    byte[] records = Files.readAllBytes(Shared.file("data/cifar10-test-1000.bin"));
    Path trained = Shared.file("models/cifar_resnet20.safetensors");
    Compilation.Result compiled =
        Compiler.compile(
                Path.of("src/main/cnn/networks/cifar_resnet20.cnn"),
                "networks",
                Optional.of(new Network.Weights.File(trained)))
            .result()
            .orElseThrow();
    PackedWeights weights = PackedWeights.of(compiled.backend().weights(), compiled.source());
    Cifar_Resnet20 network = Cifar_Resnet20.load(weights, Threads.caller());
    int right = 0;
    for (int picture = 0; picture < 1000; picture++) {
      byte[] one = Arrays.copyOfRange(records, picture * RECORD, (picture + 1) * RECORD);
      String best = network.classify(interleaved(one), 32, 32).getFirst().label();
      right += network.labels().indexOf(best) == one[0] ? 1 : 0;
    }
    assertThat(right).isEqualTo(915);
  }

  /** From planes of red, green, blue behind the label to pixels. */
  private static byte[] interleaved(byte[] one) {
    byte[] rgb = new byte[3 * PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = one[1 + channel * PIXELS + i];
      }
    }
    return rgb;
  }
}
