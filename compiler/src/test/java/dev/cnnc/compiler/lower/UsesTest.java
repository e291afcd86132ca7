package dev.cnnc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Node;
import dev.cnnc.dsl.DiagnosticPrinter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code use}: what a file gets of another one, and what is said where that does not work. */
class UsesTest {

  private static final String HEAD = "network n\ninput image [4, 8, 8]\n";

  @Test
  void blocksOfAnotherFileMakeTheSameNetwork() {
    String blocks =
        """
        block unit(filters, function: relu) = conv: conv(filters, 3x3, pad: 1) -> bn -> function
        part twice(filters) = unit(filters) -> unit(filters, tanh)
        """;
    String body = "image -> unit(4) -> deep: twice(8) -> twice(4)\n";
    Graph whole = graph(Map.of("net.cnn", HEAD + blocks + body));
    Graph shared = graph(Map.of("net.cnn", HEAD + "use \"b.cnn\"\n" + body, "b.cnn", blocks));
    assertThat(shared.nodes()).extracting(Node::name).contains("deep.1.conv", "1.conv", "2.conv");
    assertThat(ops(shared)).isEqualTo(ops(whole));
    assertThat(shared.nodes().get(1).origin().span()).hasToString("b.cnn:1:45");
  }

  @Test
  void aBlockMeansWhatItsOwnFileSays() {
    // Each file has a helper and an end of its own; c.cnn is used by both others.
    Map<String, String> files =
        Map.of(
            "net.cnn",
            HEAD
                + """
                use "a.cnn"
                use "folder/b.cnn"
                part helper() = sigmoid
                image -> first(end) -> second(end) -> helper
                part end() = exp
                """,
            "a.cnn",
            """
            use "folder/c.cnn"
            part first(f) = helper_of_a() -> f -> last
            part helper_of_a() = tanh
            """,
            "folder/b.cnn",
            """
            use "c.cnn"
            part second(end) = helper_of_b() -> passed(end) -> last()
            part passed(f) = f
            part helper_of_b() = abs
            """,
            "folder/c.cnn",
            "part last() = helper\npart helper() = square\n");
    assertThat(words(graph(files)))
        .containsExactly("tanh", "exp", "square", "abs", "exp", "square", "sigmoid");
  }

  @Test
  void usedNamesThatNobodyCallsAreNoWarning() {
    assertThat(
            report(
                "use \"b.cnn\"\nimage -> a()",
                "part a() = relu\npart b() = a()\nblock c(x) = b() -> conv(x, 3x3)\n"))
        .isEmpty();
  }

  @Test
  void aNetworkCanBeUsedForItsBlocks() {
    assertThat(
            report(
                "use \"b.cnn\"\nimage -> a()",
                "network other\ninput x [3, 3, 3]\nweights \"none\"\nx -> a()\npart a() = relu\n"))
        .isEmpty();
  }

  @Test
  void anErrorInACallNamesBothFiles() {
    assertThat(
            report(
                "use \"b.cnn\"\nimage -> good: unit(4, 3) -> bad: unit(4, 9)",
                "block unit(filters, size) =\n  conv(filters, size)\n"))
        .isEqualTo(
            """
            b.cnn:2:3: error[E204]: conv has a window of 9x9, which does not fit into 6x6 pixels
                2 |   conv(filters, size)
                  |   ^^^^^^^^^^^^^^^^^^^
               in unit(4, 9) called at net.cnn:4:35, as bad
               help: a smaller window, more padding or a larger picture
            """);
  }

  @Test
  void anErrorInTheTextOfAUsedFileSaysHowItCameThere() {
    Map<String, String> files =
        Map.of(
            "net.cnn",
            HEAD + "use \"a.cnn\"\nimage -> one() -> two() -> unknown",
            "a.cnn",
            "use \"b.cnn\"\npart one() = two()\n",
            "b.cnn",
            "part two( = relu\n");
    assertThat(report(files))
        .isEqualTo(
            """
            b.cnn:1:9: error[E105]: this ( is never closed
                1 | part two( = relu
                  |         ^
               used at a.cnn:1:1
               used at net.cnn:3:1
            net.cnn:4:19: error[E201]: no layer, block or value is called two
                4 | image -> one() -> two() -> unknown
                  |                   ^^^
            net.cnn:4:28: error[E201]: no layer, block or value is called unknown
                4 | image -> one() -> two() -> unknown
                  |                            ^^^^^^^
            """);
  }

  @Test
  void aUsedBlockIsCheckedLikeAnother() {
    assertThat(report("use \"b.cnn\"\nimage -> a()", "part conv() = relu\npart a(x, x) = relu\n"))
        .isEqualTo(
            """
            b.cnn:1:6: error[E206]: a part cannot be called conv: that is a layer
                1 | part conv() = relu
                  |      ^^^^
               used at net.cnn:3:1
               help: choose another name
            b.cnn:2:11: error[E207]: a has two parameters called x
                2 | part a(x, x) = relu
                  |           ^
               used at net.cnn:3:1
            net.cnn:4:10: error[E202]: a lacks x
                4 | image -> a()
                  |          ^^^
               help: it is written a(x, x)
            """);
  }

  @Test
  void clashesAreErrors() {
    Map<String, String> files =
        Map.of(
            "net.cnn",
            HEAD
                + """
                use "a.cnn"
                use "b.cnn"
                part mine() = relu
                image -> both() -> mine()
                """,
            "a.cnn",
            "part both() = relu\npart mine() = relu\n",
            "b.cnn",
            "part both() = tanh\n");
    assertThat(report(files))
        .isEqualTo(
            """
            net.cnn:4:1: error[E207]: both is defined in two of the used files, at a.cnn:1:6 and at b.cnn:1:6
                4 | use "b.cnn"
                  | ^^^^^^^^^^^
               help: give one of them another name
            net.cnn:5:6: error[E207]: mine is defined already, at a.cnn:2:6
                5 | part mine() = relu
                  |      ^^^^
               help: choose another name
            """);
  }

  @Test
  void onlyTheFilesThatAreUsedThemselvesBringNames() {
    Map<String, String> files =
        Map.of(
            "net.cnn", HEAD + "use \"a.cnn\"\nimage -> inner()",
            "a.cnn", "use \"b.cnn\"\npart outer() = inner()\n",
            "b.cnn", "part inner() = relu\n");
    assertThat(report(files))
        .isEqualTo(
            """
            net.cnn:4:10: error[E201]: no layer, block or value is called inner
                4 | image -> inner()
                  |          ^^^^^
               help: it is defined in b.cnn, which this file must use itself
            """);
  }

  @Test
  void aFileIsUsedOnce() {
    assertThat(report("use \"b.cnn\"\nuse \"x/../b.cnn\"\nimage -> a()", "part a() = relu\n"))
        .isEqualTo(
            """
            net.cnn:4:1: error[E211]: this file is used already, at net.cnn:3:1
                4 | use "x/../b.cnn"
                  | ^^^^^^^^^^^^^^^^
               help: remove one of them
            """);
  }

  @Test
  void aCircleIsAnError() {
    Map<String, String> files =
        Map.of(
            "net.cnn", HEAD + "use \"a.cnn\"\nimage -> a()",
            "a.cnn", "use \"b.cnn\"\nuse \"c.cnn\"\npart a() = b()\n",
            "b.cnn", "use \"c.cnn\"\npart b() = c()\n",
            "c.cnn", "use \"b.cnn\"\npart c() = relu\n");
    assertThat(report(files))
        .isEqualTo(
            """
            c.cnn:1:1: error[E227]: these files use each other: b.cnn -> c.cnn -> b.cnn
                1 | use "b.cnn"
                  | ^^^^^^^^^^^
               used at a.cnn:2:1
               used at net.cnn:3:1
               help: move what they share into a file that uses none of them
            """);
  }

  @Test
  void aValueStaysInItsFile() {
    assertThat(
            report(
                "use \"b.cnn\"\nimage -> a()",
                """
                network other
                input x [4, 8, 8]
                v = x -> relu
                v -> a()
                part a() = add(identity, v)
                """))
        .isEqualTo(
            """
            b.cnn:5:26: error[E205]: v is a value of b.cnn, which is only used for its blocks
                5 | part a() = add(identity, v)
                  |                          ^
               in a() called at net.cnn:4:10
               help: make it a parameter of the block
            """);
  }

  @Test
  void outsideOfTheProjectIsForbidden() {
    assertThat(report("use \"../b.cnn\"\nimage -> a()", "part a() = relu\n"))
        .isEqualTo(
            """
            net.cnn:3:5: error[E223]: this file lies outside of the project: "../b.cnn"
                3 | use "../b.cnn"
                  |     ^^^^^^^^^^
               help: move it into the project, or use --allow-outside (<allowOutside> of the Maven plugin)
            """);
  }

  @Test
  void aChainOfManyFilesIsRead() {
    int many = 1000;
    Map<String, String> files =
        IntStream.range(0, many)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> "f" + i + ".cnn",
                    i ->
                        (i + 1 < many ? "use \"f" + (i + 1) + ".cnn\"\n" : "")
                            + "part p"
                            + i
                            + "() = relu\n"));
    files.put("net.cnn", HEAD + "use \"f0.cnn\"\nimage -> p0()");
    assertThat(report(files)).isEmpty();
  }

  private static String report(String body, String blocks) {
    return report(Map.of("net.cnn", HEAD + body + "\n", "b.cnn", blocks));
  }

  private static String report(Map<String, String> files) {
    return DiagnosticPrinter.print(TextSources.lower(files).diagnostics());
  }

  private static Graph graph(Map<String, String> files) {
    Lowered lowered = TextSources.lower(files);
    assertThat(DiagnosticPrinter.print(lowered.diagnostics())).isEmpty();
    return lowered.network().orElseThrow().graph();
  }

  private static List<String> ops(Graph graph) {
    return graph.nodes().stream()
        .map(node -> node.name() + " " + node.op() + " " + node.inputs() + " " + node.shape())
        .toList();
  }

  /** The activations, as the file calls them. */
  private static List<String> words(Graph graph) {
    return graph.nodes().stream()
        .skip(1)
        .map(node -> node.origin().span().text().replace("()", ""))
        .toList();
  }
}
