package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;
import dev.cnnc.runtime.weights.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names that the world's trained weights have come out of short files, in their order. */
class StateDictionaryTest {

  private static final Path REFERENCE = Path.of("../../shared/reference");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lenet5",
        "resnet18",
        "resnet50",
        "vgg11",
        "vgg16",
        "cifar_resnet20",
        "mobilenet_v2",
        "densenet121",
        "squeezenet1_1",
        "googlenet"
      })
  void namesAndShapesAreThoseOfTheReference(String name) throws Exception {
    Path file = REFERENCE.resolve(name + ".json");
    assumeTrue(Files.exists(file), () -> "there is no " + file + " beside this checkout");
    JsonNode reference = JsonMapper.shared().readTree(Files.readAllBytes(file));
    Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    reference
        .get("tensors")
        .properties()
        .forEach(
            tensor -> {
              List<Integer> shape = new ArrayList<>();
              tensor.getValue().forEach(side -> shape.add(side.intValue()));
              wanted.put(tensor.getKey(), shape);
            });

    List<Node> nodes = Texts.network(Texts.resource(name)).graph().nodes();

    Map<String, List<Integer>> found = new LinkedHashMap<>();
    nodes.forEach(
        node ->
            Tensors.stored(node.op()).forEach(tensor -> found.put(tensor.name(), tensor.shape())));
    assertThat(found).containsExactlyEntriesOf(wanted);
    assertThat(nodes.stream().mapToLong(StateDictionaryTest::parameters).sum())
        .isEqualTo(reference.get("parameters").longValue());
    assertThat(nodes.getLast().shape().size()).isEqualTo(reference.get("logits").size());
  }

  /** Learned numbers; running statistics are not learned. */
  private static long parameters(Node node) {
    return Tensors.stored(node.op()).stream()
        .filter(tensor -> !tensor.name().contains(".running_"))
        .map(Recipe.Stored::shape)
        .mapToLong(shape -> shape.stream().mapToLong(side -> side).reduce(1, (a, b) -> a * b))
        .sum();
  }
}
