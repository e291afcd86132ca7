package dev.cnnc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimdChoiceTest {

  @ParameterizedTest
  @CsvSource({"64,16", "32,16", "16,16", "8,8", "4,4", "2,1"})
  void takesTheWidestThatKernelsHave(int widest, int lanes) {
    assertThat(SimdChoice.of(Optional.empty(), widest, true, true))
        .isEqualTo(new SimdChoice(lanes, Optional.empty()));
  }

  @Test
  void staysScalarWithoutFusedMultiplyAddAndSaysSo() {
    SimdChoice choice = SimdChoice.of(Optional.empty(), 16, false, true);
    assertThat(choice.lanes()).isEqualTo(1);
    assertThat(choice.note().orElseThrow()).contains("no fused multiply-add");
  }

  @Test
  void staysScalarWithoutC2AndSaysSo() {
    SimdChoice choice = SimdChoice.of(Optional.empty(), 16, true, false);
    assertThat(choice.lanes()).isEqualTo(1);
    assertThat(choice.note().orElseThrow()).contains("no C2 compiler", "-XX:TieredStopAtLevel");
  }

  @ParameterizedTest
  @CsvSource({
    "'mixed mode, sharing',true",
    "'compiled mode, sharing',true",
    "'interpreted mode, sharing',false",
    "'mixed mode, emulated-client, sharing',false"
  })
  void knowsTheJvmsWithoutC2(String modes, boolean compiled) {
    assertThat(Simd.hasC2(modes)).isEqualTo(compiled);
  }

  @Test
  void tellsHowToAddTheModule() {
    SimdChoice choice = SimdChoice.of(Optional.empty(), 0, true, true);
    assertThat(choice.lanes()).isEqualTo(1);
    assertThat(choice.note().orElseThrow()).contains("--add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @CsvSource({"512,16", "256,8", "128,4", "scalar,1", "' 256 ',8"})
  void takesWhatIsForced(String value, int lanes) {
    assertThat(SimdChoice.of(Optional.of(value), 16, true, true))
        .isEqualTo(new SimdChoice(lanes, Optional.empty()));
  }

  @Test
  void warnsOfWhatIsForcedBeyondTheMachine() {
    SimdChoice wide = SimdChoice.of(Optional.of("512"), 8, true, true);
    assertThat(wide.lanes()).isEqualTo(16);
    assertThat(wide.note().orElseThrow()).contains("the machine's vectors have 256 bits");
    SimdChoice unfused = SimdChoice.of(Optional.of("256"), 8, false, true);
    assertThat(unfused.lanes()).isEqualTo(8);
    assertThat(unfused.note().orElseThrow()).contains("no fused multiply-add");
    SimdChoice objects = SimdChoice.of(Optional.of("256"), 8, true, false);
    assertThat(objects.lanes()).isEqualTo(8);
    assertThat(objects.note().orElseThrow()).contains("no C2 compiler");
  }

  @Test
  void forcesScalarWithoutANote() {
    assertThat(SimdChoice.of(Optional.of("scalar"), 0, false, true))
        .isEqualTo(new SimdChoice(1, Optional.empty()));
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> SimdChoice.of(Optional.of("1024"), 16, true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Ddev.cnnc.simd=1024 is none of 512, 256, 128, scalar");
    assertThatThrownBy(() -> SimdChoice.of(Optional.of("256"), 0, true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--add-modules jdk.incubator.vector");
  }
}
