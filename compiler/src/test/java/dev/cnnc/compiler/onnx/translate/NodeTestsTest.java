package dev.cnnc.compiler.onnx.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cnnc.compiler.load.JavaInMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node tests of the standard, in files beside the checkout, through the emitted classes: each
 * is right, or refused with a reason that {@code docs/onnx-support.md} tells.
 */
class NodeTestsTest {

  private static final Path TESTS = Path.of("..", "..", "shared", "onnx-node-tests");
  private static final Path PAGE = Path.of("..", "docs", "onnx-support.md");

  /** Classes that javac compiles in one go. */
  private static final int BATCH = 60;

  @TempDir private Path folder;

  @Test
  void areRightOrRefused() throws IOException {
    assumeTrue(Files.exists(TESTS), () -> "skipped: there is no " + TESTS.normalize());
    Map<String, String> refused = new TreeMap<>();
    Map<String, NodeTest.Prepared.Ready> ready = new LinkedHashMap<>();
    List<NodeTest> tests = NodeTest.all(TESTS);
    for (NodeTest test : tests) {
      switch (test.prepare(folder)) {
        case NodeTest.Prepared.Unsupported(String reason) -> refused.put(test.name(), reason);
        case NodeTest.Prepared.Ready it -> ready.put(test.name(), it);
      }
    }
    List<String> wrong = new ArrayList<>();
    List<String> names = new ArrayList<>(ready.keySet());
    for (int from = 0; from < names.size(); from += BATCH) {
      run(names.subList(from, Math.min(names.size(), from + BATCH)), ready, wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(ready).hasSizeGreaterThanOrEqualTo(480);
    checkPage(page(tests.size(), refused));
  }

  private static void run(
      List<String> names, Map<String, NodeTest.Prepared.Ready> ready, List<String> wrong) {
    Map<String, String> texts = new HashMap<>();
    names.forEach(name -> texts.putAll(ready.get(name).model().java()));
    Map<String, byte[]> classes = JavaInMemory.compile(texts);
    for (String name : names) {
      String difference = NodeTest.difference(ready.get(name), classes);
      if (!difference.isEmpty()) {
        wrong.add(name + ": " + difference);
      }
    }
  }

  private static String page(int tests, Map<String, String> refused) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # The node tests of ONNX

        The ONNX standard has %s node tests for the operators of convolutional networks. cnnc imports and compiles %s of
        them and computes the standard's numbers. It refuses the others, for the reasons below. It computes none wrongly.
        `NodeTestsTest` writes this page (`-Dgolden=rewrite`).

        A value of cnnc has three axes: channels, rows and columns. The import maps tensors of other ranks to these axes.
        A batch becomes more channels where an operator treats each picture by itself. `reshape` and `permute` move
        dimensions to where an operator wants them. A pool of a volume is a pool over rows and columns, and one over the
        depth of what that gave. Convs of volumes do not fit, nor do tensors without elements, nor places as outputs
        (`Indices` of a `MaxPool`).

        | refused | reason |
        |---|---|
        """
            .formatted(tests, tests - refused.size()));
    refused.forEach(
        (name, reason) ->
            page.append("| `").append(name).append("` | ").append(reason).append(" |\n"));
    return page.toString();
  }

  private static void checkPage(String page) throws IOException {
    if (System.getProperty("golden", "").equals("rewrite")) {
      Files.writeString(PAGE, page);
      fail("%s is rewritten: read it, and run again without -Dgolden=rewrite", PAGE);
    }
    assertThat(PAGE).content().isEqualTo(page);
  }
}
