package dev.cnnc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as a stranger types it, against the numbers that PyTorch gives. */
class ReferenceTest {
  private static final String RESNET50 = Cnnc.EXAMPLES + "cnn/networks/resnet50.cnn";
  private static final Path EXPECTED = Path.of("../../shared/reference/resnet50.json");

  /** Of the largest logit. */
  private static final double TOLERANCE = 1e-3;

  @Test
  void resnet50GivesTheLogitsOfPyTorch() {
    assumeTrue(Files.exists(EXPECTED), () -> "skipped: there is no " + EXPECTED);
    double[] expected = numbers(json(Cnnc.read(EXPECTED)).get("logits"));
    Cnnc cnnc = Cnnc.run("run", RESNET50, "--input", "synthetic", "--json");
    assertThat(cnnc.status()).isZero();
    JsonNode output = json(cnnc.out()).get("outputs").get("output");
    assertThat(output.get("shape")).hasToString("[1000]");
    double[] logits = numbers(output.get("data"));
    double largest = Math.abs(expected[fiveLargest(expected).getFirst()]);
    assertThat(logits).containsExactly(expected, Offset.offset(TOLERANCE * largest));
    assertThat(fiveLargest(logits)).isEqualTo(fiveLargest(expected));
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static List<Integer> fiveLargest(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -values[index]))
        .limit(5)
        .toList();
  }
}
