package dev.cnnc.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Padding;
import dev.cnnc.compiler.ir.Rearrangement;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.JavaWords;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

/** Layers and networks may be called what the emitted class calls its own. */
class NamesTest {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

  /** What a constant or a table of the class would be called. */
  private static final List<String> LAYERS =
      List.of("hash", "window_3x3", "window_3x3_pad_1", "Signature", "image", "pool_0", "_1", "_");

  @Test
  void ofLayers() {
    Set<String> words = new TreeSet<>(LAYERS);
    words.addAll(keywords());
    words.addAll(JavaWords.CONTEXTUAL);
    words.addAll(words(text(graph("net", LAYERS))));
    assertThat(words).contains("int", "yield", "_", "kernels", "step", "List", "NetKernels");
    compiles(graph("net", words));
  }

  /** Every class that an emitted file names, and every constant, as the name of the network. */
  @Test
  void ofNetworks() {
    Set<String> words = new TreeSet<>();
    words(text(graph("net", List.of("conv")))).stream()
        .filter(word -> Character.isUpperCase(word.charAt(0)))
        .map(NamesTest::decapitalised)
        .forEach(words::add);
    assertThat(words)
        .contains("string", "view", "netKernels", "floatVector", "override", "lAST_RESIZE_ROWS");
    Map<String, String> texts = new HashMap<>();
    for (String word : words) {
      CompiledGraph compiled = CompiledGraph.of(graph(word, List.of("conv")), "p" + texts.size());
      texts.putAll(compiled.backend().java().sources());
    }
    assertThat(JavaInMemory.compile(texts)).containsKeys(texts.keySet().toArray(String[]::new));
  }

  @Test
  void ofNetworksThatAreKeywords() {
    Set<String> words = new TreeSet<>(LAYERS);
    words.addAll(keywords());
    words.addAll(JavaWords.CONTEXTUAL);
    assertThat(words).allMatch(word -> SourceVersion.isName(Names.className(word)));
  }

  /** In its package a class hides what every other file there means by the name. */
  @Test
  void hidesNothingOfJava() throws IOException {
    Path java =
        FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java/lang");
    try (Stream<Path> files = Files.list(java)) {
      List<String> classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("[A-Za-z]+\\.class"))
              .map(name -> name.replace(".class", ""))
              .toList();
      assertThat(classes).contains("String", "Object", "Override");
      assertThat(classes)
          .allSatisfy(
              name -> assertThat(Names.className(decapitalised(name))).isEqualTo(name + "Network"));
    }
  }

  @Test
  void ofClasses() {
    assertThat(Names.className("cifar_resnet20")).isEqualTo("Cifar_Resnet20");
    assertThat(Names.className("kernels")).isEqualTo("KernelsNetwork");
    assertThat(Names.className("resnet50_kernels")).isEqualTo("Resnet50_KernelsNetwork");
    assertThat(Names.className("resnetKernels")).isEqualTo("ResnetKernelsNetwork");
    assertThat(Names.className("kernels2")).isEqualTo("Kernels2");
    assertThat(Names.className("view")).isEqualTo("View");
    assertThat(Names.className("string")).isEqualTo("StringNetwork");
    assertThat(Names.className("_")).isEqualTo("_Network");
    assertThat(Names.className("yield")).isEqualTo("Yield");
  }

  /** Names outside of the kernels, and of the nested classes. */
  private static Set<String> words(String text) {
    String code = text.replaceAll("(?s)/\\*.*?\\*/|//[^\n]*|\"[^\"\n]*\"", "");
    int kernels = code.indexOf("interface NetKernels");
    Set<String> words = new TreeSet<>();
    WORD.matcher(code.substring(0, kernels)).results().forEach(word -> words.add(word.group()));
    Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*")
        .matcher(code)
        .results()
        .forEach(word -> words.add(word.group()));
    return words;
  }

  private static List<String> keywords() {
    List<String> words = JavaWords.RESERVED;
    assertThat(words).allMatch(SourceVersion::isKeyword);
    return words;
  }

  private static String decapitalised(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String text(Graph graph) {
    return String.join("", CompiledGraph.of(graph).backend().java().sources().values());
  }

  /** Each layer a conv of one pixel, then kernels of other kinds; a softmax at the end. */
  private static Graph graph(String name, Collection<String> layers) {
    GraphBuilder graph = new GraphBuilder(3, 4, 4);
    int value = 0;
    for (String layer : layers) {
      value = graph.relu(layer + ".relu", graph.conv(layer, value, 20, Window.of(1, 1)));
    }
    value =
        graph.add("last.pool", new Op.Pool(Op.Reduction.MAX, Window.of(2, 2), false, false), value);
    Op border = new Rearrangement.Border(Padding.all(1), Rearrangement.Mode.EDGE, 0);
    value = graph.add("last.resize", border, value);
    Graph built = graph.build(graph.add("last.softmax", new Op.Softmax(false), value));
    return new Graph(name, built.nodes(), built.outputs());
  }

  private static void compiles(Graph graph) {
    CompiledGraph compiled = CompiledGraph.of(graph);
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      List<Float> sums = new ArrayList<>();
      float[] results = Results.of(network, Results.picture(network, "input"))[0];
      for (int pixel = 0; pixel < 25; pixel++) {
        float sum = 0;
        for (int channel = 0; channel < 20; channel++) {
          sum += results[channel * 25 + pixel];
        }
        sums.add(sum);
      }
      assertThat(sums).allSatisfy(sum -> assertThat(sum).isBetween(0.999f, 1.001f));
    }
  }
}
