package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.compiler.ir.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference in {@code docs/language.md} is written from the table of layers, and every shape
 * and tensor in it is what lowering makes of the example beside it.
 */
class LayerReferenceTest {

  private static final String INPUT = "[6, 8, 8]";

  private static final Pattern SIDES = Pattern.compile("\\[(.*)]");

  /** What an example becomes. */
  private record Made(String shape, List<String> tensors) {}

  static Collection<Layer> layers() {
    return LayerTable.standard().all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void formulasGiveTheShapesAndTensorsOfTheExamples(Layer layer) {
    for (Manual.Case one : layer.manual().cases()) {
      Map<String, String> symbols = WindowRule.symbols(layer, one.example());
      List<String> wanted = one.tensors().stream().map(t -> worth(t, symbols)).toList();

      Made made = make(one.example());

      assertThat(made.shape()).as(one.example()).isEqualTo(vector(worth(one.shape(), symbols)));
      assertThat(made.tensors()).as(one.example()).containsExactlyElementsOf(wanted);
    }
  }

  @Test
  void theReferenceIsFresh() throws IOException {
    StringBuilder text = new StringBuilder();
    chapter(
        text,
        "Convolution, fully connected, batch norm, PReLU, learned tensors",
        WeightedLayers.all());
    chapter(text, "Group norm, instance norm", NormLayers.all());
    chapter(
        text,
        "Pooling, flatten, slice, shuffle, crop, zero padding, upsampling",
        PixelLayers.all());
    chapter(text, "Reductions along axes, Lp pooling", ReducingLayers.all());
    chapter(text, "Reshape, permute, pixel shuffle", RearrangingLayers.all());
    chapter(text, "Padding by reflection, edge or wrap; resize", ResizingLayers.all());
    chapter(text, "Activations, softmax, local response norm, dropout", PointwiseLayers.all());
    chapter(text, "Layer norm, attention", TokenLayers.all());
    text.append("### Combinators: add, mul, concat, tokens, matmul and others\n\n");
    Combinators.MANUALS.forEach(
        (name, manual) -> {
          text.append("#### `").append(name).append("`\n\n");
          text.append(Markdown.wrapped(manual.does())).append("\n\n");
          text.append("| example | of `" + INPUT + "` |\n|---|---|\n");
          for (Manual.Case one : manual.cases()) {
            text.append("| `%s` | `%s` |\n".formatted(one.example(), make(one.example()).shape()));
          }
          text.append('\n');
        });
    Markdown.read(Markdown.LANGUAGE).assertGenerated("layers", text.toString().stripTrailing());
  }

  private static void chapter(StringBuilder text, String title, List<Layer> layers) {
    text.append("### ").append(title).append("\n\n");
    List<Layer> plain = layers.stream().filter(LayerReferenceTest::isPlain).toList();
    if (plain.size() > 1) {
      text.append("These have no arguments, and the shape stays.\n\n| layer | of x |\n|---|---|\n");
      plain.forEach(
          layer -> text.append("| `%s` | %s |\n".formatted(layer.name(), layer.manual().does())));
      text.append('\n');
    }
    layers.stream()
        .filter(layer -> plain.size() < 2 || !isPlain(layer))
        .forEach(layer -> text.append(page(layer)));
  }

  private static boolean isPlain(Layer layer) {
    return layer.parameters().isEmpty()
        && layer.manual().cases().stream()
            .allMatch(one -> one.tensors().isEmpty() && one.shape().equals("[c, h, w]"));
  }

  private static String page(Layer layer) {
    Manual manual = layer.manual();
    StringBuilder page = new StringBuilder("#### `" + layer.name() + "`\n\n");
    if (!layer.parameters().isEmpty()) {
      page.append("```\n").append(Markdown.wrapped(layer.usage())).append("\n```\n\n");
    }
    page.append(Markdown.wrapped(manual.does())).append("\n\n");
    if (!layer.parameters().isEmpty()) {
      page.append("| argument | is | default |\n|---|---|---|\n");
      for (Parameter parameter : layer.parameters()) {
        page.append(
            "| `%s` | %s | %s |\n"
                .formatted(
                    parameter.name(),
                    parameter.kind().description(),
                    parameter.required() ? "must be given" : "`" + parameter.otherwise() + "`"));
      }
      page.append('\n');
    }
    boolean bare = manual.cases().stream().allMatch(one -> one.tensors().isEmpty());
    page.append("| example | gives | of `" + INPUT + "` |" + (bare ? "" : " tensors |") + "\n");
    page.append("|---|---|---|" + (bare ? "" : "---|") + "\n");
    manual.cases().forEach(one -> page.append(row(one, bare)));
    return page.append('\n').toString();
  }

  private static String row(Manual.Case one, boolean bare) {
    Made made = make(one.example());
    List<String> tensors = new ArrayList<>();
    for (int i = 0; i < one.tensors().size(); i++) {
      String sides = made.tensors().get(i).replaceFirst("^[^\\[]*", "");
      String formula = one.tensors().get(i);
      tensors.add("`" + formula + "`" + (formula.endsWith(sides) ? "" : " = `" + sides + "`"));
    }
    return "| `%s` | `%s` | `%s` |%s\n"
        .formatted(
            one.example(),
            one.shape(),
            made.shape(),
            bare ? "" : tensors.isEmpty() ? " none |" : " " + String.join(", ", tensors) + " |");
  }

  /** The layer under the label x; what its tensors are called behind that. */
  private static Made make(String example) {
    boolean begins = example.startsWith("tensor");
    List<Node> nodes =
        Texts.network(
                "network n\ninput image %s\n%s x: %s"
                    .formatted(INPUT, begins ? "output y =" : "image ->", example))
            .graph()
            .nodes();
    List<String> tensors =
        nodes.stream()
            .flatMap(node -> Tensors.stored(node.op()).stream())
            .map(t -> (t.name() + " " + t.shape()).replaceFirst("^x[. ]", ""))
            .toList();
    return new Made(nodes.getLast().shape().toString(), tensors);
  }

  /** {@code weight [filters, c / groups]} with each side worked out by the language itself. */
  private static String worth(String formula, Map<String, String> symbols) {
    return SIDES.matcher(formula).replaceAll(match -> sides(match, symbols));
  }

  private static String sides(MatchResult match, Map<String, String> symbols) {
    List<String> worths = new ArrayList<>();
    for (String side : match.group(1).split(",", -1)) {
      String numbers =
          Pattern.compile("[a-z_]+")
              .matcher(side)
              .replaceAll(name -> symbols.getOrDefault(name.group(), name.group()));
      Node input = Texts.network("network n\ninput x [" + numbers + "]\nx -> relu").graph().node(0);
      worths.add(Integer.toString(input.shape().channels()));
    }
    return "[" + String.join(", ", worths) + "]";
  }

  private static String vector(String shape) {
    return shape.replaceFirst("^\\[(\\d+), 1, 1]$", "[$1]");
  }
}
