package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cnnc.dsl.Diagnostic;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a text asks for, there is an answer, and soon. No other test runs beside it, because
 * what all threads allocate is counted: lowering has a thread of its own.
 */
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LimitsTest {

  /**
   * A second is the promise. Seconds are the machine's; what is allocated in them is not, and no
   * layer, error or scope is looked at without some.
   */
  private static final long MOST_BYTES = 2L << 30;

  private final ThreadMXBean counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String HEAD = "network n\ninput image [3, 8, 8]\n";

  @Test
  void afterAHundredErrorsNothingMoreIsSaid() {
    String chain =
        IntStream.range(0, 150).mapToObj(i -> "a" + i).collect(Collectors.joining(" -> "));

    Lowered lowered = Texts.lower(HEAD + "image -> " + chain);

    assertThat(lowered.network()).isEmpty();
    assertThat(lowered.diagnostics()).hasSize(101);
    Diagnostic last = lowered.diagnostics().getLast();
    assertThat(last.code()).isEqualTo("E200");
    assertThat(last.message()).isEqualTo("100 errors: the rest is not shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image -> [relu] * 1000000",
        "image -> [relu] * 9223372036854775807",
        "image -> [[relu] * 100000] * 100000",
        "image -> [[[identity] * 100000] * 100000] * 100000",
        "image -> [a: conv(3, 1)] * 100000",
        "image -> [zzz] * 100000",
        "block f(n) = add(f(n + 1), f(n + 1))\nimage -> f(0)",
        "block f(n) = relu -> when n > 0 then add(f(n - 1), f(n - 1))\nimage -> f(30)",
        "block f(n) = when n > 0 then [f(n - 1) -> f(n - 1)] else identity\nimage -> f(40)",
        "block f(n: f(1)) = identity\nimage -> f",
        "part a() = b()\npart b() = a()\nimage -> a()",
        "image -> conv(4611686018427387904 * 2, 3)",
        "image -> upsample(46341) -> upsample(46341) -> upsample(46341)",
        "image -> zeropad(2147483647)",
        "image -> zeropad([2147483647, 2147483647, 2147483647, 2147483647])",
        "image -> conv(1, 2147483647, stride: 2147483647, dilation: 2147483647, pad: same)",
        "image -> maxpool(2147483647, pad: same_lower)",
        "image -> conv(65536, 1) -> conv(65536, 1)",
        "labels \"/dev/zero\"\nimage -> relu",
        "labels \".\"\nimage -> relu",
        "labels \"\"\nimage -> relu"
      })
  void absurdTextsEndSoonWithAnError(String body) {
    Lowered lowered = soon(HEAD + body);

    assertThat(lowered.network()).isEmpty();
    assertThat(lowered.diagnostics()).isNotEmpty();
  }

  @Test
  void aHundredThousandLayersAreLowered() {
    Lowered lowered = soon(HEAD + "image -> [[relu] * 1000] * 100");

    assertThat(lowered.network().orElseThrow().graph().nodes()).hasSize(100_001);
  }

  @Test
  void bracketsWithinBlocksAreCountedTogether() {
    String deep = "[".repeat(190) + "when n > 0 then f(n - 1) else relu" + "]".repeat(190);

    assertThat(Texts.report(HEAD + "block f(n) = " + deep + "\nimage -> f(250)"))
        .contains("error[E214]: brackets and blocks are nested more than 10,000 deep");
    assertThat(Texts.lower(HEAD + "block f(n) = " + deep + "\nimage -> f(20)").network())
        .isPresent();
  }

  @Test
  void blocksMayCallEachOther256Deep() {
    String block = "block f(n) = when n > 1 then f(n - 1) else relu\n";

    assertThat(Texts.lower(HEAD + block + "image -> f(256)").network()).isPresent();
    assertThat(Texts.report(HEAD + block + "image -> f(257)")).contains("error[E214]");
  }

  @Test
  void longSumsAreNoRecursion() {
    String sum = "1" + " + 1".repeat(190);

    assertThat(Texts.pipeline("conv(" + sum + ", 1)").graph().nodes().getLast().shape().channels())
        .isEqualTo(191);
  }

  @Test
  void mutilatedTextsNeverThrow() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String name = random.nextBoolean() ? "mobilenet_v2" : "cifar_resnet20";
      StringBuilder text = new StringBuilder(Texts.resource(name));
      for (int i = 0; i <= random.nextInt(4); i++) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(8));
        int at = random.nextInt(text.length() - (to - from) + 1);
        String piece = text.substring(from, to);
        if (random.nextBoolean()) {
          text.delete(from, to);
        }
        text.insert(at, piece);
      }
      String mutilated = text.toString();
      Lowered lowered = soon(mutilated);
      assertThat(lowered.network().isPresent())
          .as("seed %d%n%s", seed, mutilated)
          .isEqualTo(
              lowered.diagnostics().stream()
                  .noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR));
    }
  }

  private Lowered soon(String text) {
    long before = counter.getTotalThreadAllocatedBytes();
    Lowered lowered = Texts.lower(text);
    assertThat(counter.getTotalThreadAllocatedBytes() - before)
        .as("bytes allocated for %s", text)
        .isLessThan(MOST_BYTES);
    return lowered;
  }
}
