package dev.cnnc.compiler.onnx.translate;

import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static dev.cnnc.compiler.testing.ModelBuilder.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pictures with their channels last become pictures of ours, without a permute. */
class ChannelsLastTest {

  private static final List<Long> PICTURE = List.of(1L, 8L, 8L, 3L);
  private static final Onnx.Attribute FIRST = wholes("perm", 0, 3, 1, 2);

  private final ModelBuilder model = new ModelBuilder(13);

  private String text(Onnx.DataType type, String output) {
    OnnxImport.Result result =
        OnnxImport.of(model.model(type, PICTURE, output), "net", Map.of(), Map.of());
    assertThat(result.problems()).isEmpty();
    return NetworkText.of(result.network().orElseThrow(), Optional.of("net.safetensors"));
  }

  @Test
  void theTransposeGoes() {
    String turned = model.node("Transpose", FIRST, "x");
    String sum = model.node("Conv", turned, model.weights(4, 3, 3, 3));
    assertThat(text(Onnx.DataType.FLOAT, sum)).contains("[3, 8, 8]").doesNotContain("permute");
  }

  @Test
  void alsoBehindArithmetic() {
    String numbers = model.node("Cast", whole("to", 1), "x");
    String less = model.node("Sub", numbers, model.tensor(List.of(3L), 123, 117, 104));
    String scaled = model.node("Div", less, model.constant(58));
    String turned = model.node("Transpose", FIRST, scaled);
    String sum = model.node("Conv", turned, model.weights(4, 3, 3, 3));
    assertThat(text(Onnx.DataType.UINT8, sum))
        .contains("[3, 8, 8]", "scale")
        .doesNotContain("permute");
  }

  @Test
  void anotherReaderKeepsIt() {
    String turned = model.node("Transpose", FIRST, "x");
    String flat = model.node("Flatten", "x");
    String sum = model.node("Add", model.node("Flatten", turned), flat);
    assertThat(text(Onnx.DataType.FLOAT, sum)).contains("[8, 8, 3]", "permute");
  }
}
