package dev.cnnc.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedWeightsTest {
  private static final WeightsFile FILE =
      new WeightsFile(
          "net",
          List.of("one"),
          List.of(
              new WeightsFile.Packed(
                  0, new Layout.Channels(40, 48), new Recipe.Stored("bias", List.of(40)))));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("Net.weights"))) {
      FILE.write(out, (name, shape) -> new Synthetic().tensor(name, shape));
    }
    URI jar = URI.create("jar:" + folder.resolve("net.jar").toUri());
    try (var archive = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Files.copy(folder.resolve("Net.weights"), archive.getPath("Net.weights"));
    }
  }

  @Test
  void loadsFromAFolderAndFromAJar() throws IOException {
    PackedWeights direct = PackedWeights.of(FILE, new Synthetic());
    for (String place : List.of("Net.weights", "net.jar")) {
      PackedWeights loaded = PackedWeights.load(url(place), place, FILE.hash());
      assertThat(loaded.values()).containsExactly(direct.values());
      assertThat(loaded.labels()).containsExactly("one");
    }
  }

  @Test
  void belongsToOneClass() {
    assertThatThrownBy(() -> PackedWeights.load(url("net.jar"), "Net.weights", "other"))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "Weights Net.weights belong to another model: their hash is "
                + FILE.hash()
                + ", the class needs other. Generate class and weights again, and copy the file as"
                + " it is, without resource filtering.");
  }

  @Test
  void tellsWhatIsMissing() {
    assertThatThrownBy(() -> PackedWeights.load((URL) null, "Net.weights", "hash"))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("Weights Net.weights are missing.");
  }

  private URL url(String place) throws IOException {
    URI file = folder.resolve(place).toUri();
    return place.endsWith(".jar")
        ? URI.create("jar:" + file + "!/Net.weights").toURL()
        : file.toURL();
  }
}
