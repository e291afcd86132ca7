package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In processes of their own: a width is decided once in each. */
class SimdTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  private static final String ROUNDED_ONCE = Math.fma(1 + 0x1p-12f, 1 + 0x1p-12f, 0x1p-90f) + "\n";

  /** What a process prints. */
  static final class Probe {
    public static void main(String[] arguments) {
      System.out.println(Simd.lanes() + " " + Fma.hardware());
      System.out.println(Fma.fma(1 + 0x1p-12f, 1 + 0x1p-12f, 0x1p-90f));
    }
  }

  @Test
  void takesTheForcedWidth() throws Exception {
    assertThat(probe(MODULE, "-Ddev.cnnc.simd=128")).contains("\n4 ");
    assertThat(probe(MODULE, "-Ddev.cnnc.simd=scalar")).contains("\n1 ");
  }

  @Test
  void worksWithoutTheModule() throws Exception {
    assertThat(probe())
        .containsOnlyOnce("WARNING: no vector module")
        .contains("add --add-modules jdk.incubator.vector to the java command\n1 ");
  }

  @Test
  void saysWhichValuesThereAre() throws Exception {
    assertThat(probe(MODULE, "-Ddev.cnnc.simd=9"))
        .contains("IllegalArgumentException: -Ddev.cnnc.simd=9 is none of 512, 256, 128, scalar")
        .doesNotContain("Initializer");
  }

  /** Several times, since it is a matter of timing. */
  @RepeatedTest(4)
  void noticesThatMultiplyAddIsNotFused() throws Exception {
    assertThat(probe(MODULE, "-XX:-UseFMA"))
        .containsOnlyOnce("WARNING: no fused multiply-add")
        .contains("\n1 false\n" + ROUNDED_ONCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-Xint"})
  void staysScalarWithoutC2AndSaysSoOnce(String option) throws Exception {
    Assumptions.assumeTrue(FloatVector.SPECIES_PREFERRED.length() >= 8, "no wide vectors here");
    assertThat(probe(MODULE, option))
        .containsOnlyOnce("WARNING: no C2 compiler")
        .contains("\n1 true\n" + ROUNDED_ONCE);
  }

  /** A machine with vectors of 256 bits that kernels can use has the instruction. */
  @RepeatedTest(4)
  void noticesThatMultiplyAddIsFused() throws Exception {
    Assumptions.assumeTrue(FloatVector.SPECIES_PREFERRED.length() >= 8, "no wide vectors here");
    assertThat(probe(MODULE)).contains(" true\n" + ROUNDED_ONCE);
  }

  private static String probe(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        Stream.of("java.class.path", "jdk.module.path")
            .map(System::getProperty)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Probe.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return "\n" + printed.replaceFirst("WARNING: Using incubator modules.*\n", "");
  }
}
