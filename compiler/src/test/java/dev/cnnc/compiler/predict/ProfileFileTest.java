package dev.cnnc.compiler.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.predict.MachineProfile.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFileTest {
  private static final Host HOST =
      new Host(
          "2026-11-30",
          "1.2",
          "AMD \"EPYC\"",
          List.of("L1 48K", "L2 1024K"),
          "25.0.1+8-LTS, Eclipse Adoptium",
          List.of("-XX:UseAVX=2"),
          8,
          4);

  private static final MachineProfile PROFILE =
      new MachineProfile(
          HOST,
          97.25,
          0.031,
          new ReadSpeed(
              List.of(new ReadSpeed.Point(16384, 0.0062), new ReadSpeed.Point(1L << 33, 0.05))),
          Map.of(
              "Fc F32",
              new KindFactors(Map.of("step", 120.5, "weights", 1e-12), 7, 0.02),
              Work.ANY,
              new KindFactors(Map.of(), 40, 0.2)),
          Map.of(
              2,
              new Sharing(
                  1.07,
                  Map.of(
                      "Fc F32",
                      new Sharing.Shared(1.9, 812.5),
                      Work.ANY,
                      new Sharing.Shared(1.1, 2_000)),
                  0.04)));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThat(ProfileFile.read(file(ProfileFile.text(PROFILE)))).isEqualTo(PROFILE);
  }

  @Test
  void aReviewSeesALineForEachKind() {
    assertThat(ProfileFile.text(PROFILE).lines())
        .anyMatch(line -> line.contains("\"Fc F32\":{\"samples\":7,\"error\":0.02"));
  }

  @Test
  void fieldsOfLaterVersionsAreSkipped() throws IOException {
    String text =
        ProfileFile.text(PROFILE)
            .replace("\"samples\":7", "\"later\":{\"a\":[1]},\"samples\":7")
            .replace("\"lanes\":", "\"new\":[{\"b\":null}],\"lanes\":");
    assertThat(text).contains("later", "new");
    assertThat(ProfileFile.read(file(text)).kinds()).isEqualTo(PROFILE.kinds());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"format\":\"cnnc-profile-1\"}",
        "{\"format\":\"cnnc-profile-1\",\"kinds\":[]}",
        "{\"format\":\"cnnc-profile-1\",\"kinds\":{\"any\":{\"factors\":{\"step\":\"x\"}}}}",
        "{\"format\":\"cnnc-profile-1\",\"nanosecondsPerByteRead\":{\"many\":1}}",
        "{\"network\":\"lenet5\"}"
      })
  void anythingElseIsNoProfile(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> ProfileFile.read(file))
        .isInstanceOf(ProfileFile.NoProfileException.class)
        .hasMessageStartingWith(file + " is no profile of cnnc calibrate: ");
  }

  @Test
  void everyPrefixIsNoProfile() throws IOException {
    String text = ProfileFile.text(PROFILE).strip();
    for (int end = 0; end < text.length(); end++) {
      Path file = file(text.substring(0, end));
      assertThatThrownBy(() -> ProfileFile.read(file))
          .isInstanceOf(ProfileFile.NoProfileException.class);
    }
  }

  @Test
  void aMissingFileIsMissing() {
    assertThatThrownBy(() -> ProfileFile.read(folder.resolve("none.json")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aProfileHoldsForOneMachineAndOneCompiler() {
    assertThat(Foreign.compiler(HOST, "1.2")).isEmpty();
    assertThat(Foreign.compiler(HOST, "1.3"))
        .contains("it was made by cnnc 1.2, and this is cnnc 1.3, whose kernels may differ");
    assertThat(Foreign.machine(HOST, HOST)).isEmpty();
    Host other = new Host("2027-01-01", "1.2", HOST.cpu(), List.of(), "26, X", List.of(), 16, 64);
    assertThat(Foreign.machine(HOST, other))
        .containsExactly(
            "Java: 25.0.1+8-LTS, Eclipse Adoptium there, 26, X here",
            "the flags of Java: [-XX:UseAVX=2] there, [] here",
            "the vectors: 8 floats there, 16 floats here");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("some.profile.json"), text);
  }
}
