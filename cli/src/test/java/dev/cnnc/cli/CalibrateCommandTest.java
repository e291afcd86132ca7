package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.calibrate.ThisHost;
import dev.cnnc.compiler.predict.MachineProfile;
import dev.cnnc.compiler.predict.ProfileFile;
import dev.cnnc.compiler.predict.ThisCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A calibration in a few runs; no time is expected. */
class CalibrateCommandTest {
  /** Against a hang: slow machines are not in a hurry. */
  private static final long LIMIT_MINUTES = 10;

  @TempDir private Path folder;

  @Test
  void aTrialMakesAProfileOfThisMachine() throws IOException {
    Path file = folder.resolve("here.profile.json");
    Cnnc cnnc = Cnnc.run("calibrate", "--trial", "--threads", "2", "-o", file);
    assertThat(cnnc.status()).isZero();
    assertThat(cnnc.out())
        .containsPattern("^.*here.profile.json: \\d+ kinds of steps, mean error of a step ");
    MachineProfile profile = ProfileFile.read(file);
    assertThat(profile.host()).isEqualTo(ThisHost.describe());
    assertThat(profile.peak()).isPositive();
    assertThat(profile.kinds()).containsKeys("Fc F32", "PlanarConv");
    assertThat(profile.sharing()).containsOnlyKeys(2);
    for (int threads = 1; threads <= 2; threads++) {
      assertThat(Cnnc.run("cost", Cnnc.LENET5, "--on", file, "--threads", threads).out())
          .contains("predicted time", threads == 1 ? "1 thread\n" : "2 threads\n");
    }
  }

  /** Nothing of the class path of this test is on that of the jar. */
  @Test
  void aJarCalibratesADeviceWithoutTheCompiler() throws IOException, InterruptedException {
    Path jar = folder.resolve("calibrate.jar");
    Cnnc cnnc = Cnnc.run("calibrate", "--jar", jar);
    assertThat(cnnc.out())
        .isEqualTo(
            jar
                + ": start it on the device with java --add-modules jdk.incubator.vector -jar"
                + " calibrate.jar\n");
    Path file = folder.resolve("device.profile.json");
    assertThat(java("-jar", jar.toString(), "--trial", "--threads", "2", "-o", file.toString()))
        .contains("network 1 of 1: small", "device.profile.json: ", "kinds of steps")
        .doesNotContain("Exception");
    MachineProfile profile = ProfileFile.read(file);
    assertThat(profile.host().cpu()).isEqualTo(ThisHost.describe().cpu());
    assertThat(profile.host().compiler()).isEqualTo(ThisCompiler.version());
    Path here = folder.resolve("here.profile.json");
    Cnnc.run("calibrate", "--trial", "--threads", "2", "-o", here);
    assertThat(profile.kinds().keySet()).isEqualTo(ProfileFile.read(here).kinds().keySet());
    assertThat(profile.sharing()).containsOnlyKeys(2);
    assertThat(Cnnc.run("cost", Cnnc.LENET5, "--on", file).out()).contains("predicted time");
    assertThat(java("-jar", jar.toString(), "--threads", "many"))
        .contains("java --add-modules jdk.incubator.vector -jar calibrate.jar [-o FILE]");
  }

  private String java(String... arguments) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As a JRE without a compiler has them.
                "--limit-modules",
                "java.base,java.management,jdk.incubator.vector",
                "--add-modules",
                "jdk.incubator.vector"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said);
  }
}
