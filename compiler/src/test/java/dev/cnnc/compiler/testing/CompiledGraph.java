package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph with all passes behind it, planned and emitted. */
public record CompiledGraph(Backend backend) {

  /** For this JVM alone. */
  public static CompiledGraph of(Graph graph) {
    return new CompiledGraph(Backend.here(improved(graph)));
  }

  /** For any JVM, at all widths. */
  public static CompiledGraph of(Graph graph, String packageName) {
    return of(graph, packageName, Storage.F32);
  }

  /** With weights that are kept in fewer bits. */
  public static CompiledGraph of(Graph graph, String packageName, Storage storage) {
    return new CompiledGraph(Backend.of(improved(graph, storage), packageName));
  }

  /** A file around what the passes make of a graph. */
  public static Network improved(Graph graph) {
    return improved(graph, Storage.F32);
  }

  private static Network improved(Graph graph, Storage storage) {
    return new Network(
        Passes.run(graph).getLast().graph(),
        "",
        inputs(graph),
        new Network.Weights.Synthetic(),
        List.of(),
        false,
        storage);
  }

  private static List<Network.Input> inputs(Graph graph) {
    return graph.inputs().size() == 1
        ? List.of(Network.Input.of("image"))
        : graph.inputs().stream().map(input -> Network.Input.of(input.name())).toList();
  }

  /** The same file, but it asks for plain sums. */
  public static Network exact(Network network) {
    return new Network(
        network.graph(),
        network.description(),
        network.inputs(),
        network.weights(),
        network.labels(),
        true,
        network.storage());
  }

  /** After the passes. */
  public Graph graph() {
    return backend.plan().network().graph();
  }

  public String className() {
    return backend.java().className();
  }

  public CompiledNetwork load(TensorSource source, Threads threads) {
    return (CompiledNetwork) instance(source, threads);
  }

  /** A network of any number of inputs. */
  public NetworkInstance instance(TensorSource source, Threads threads) {
    PackedWeights weights = PackedWeights.of(backend.weights(), source);
    return InMemory.instance(className(), JavaInMemory.compile(texts()), weights, threads);
  }

  /** The class, compiled by javac. */
  public Class<?> type() {
    return type(classes());
  }

  /** The class files that javac makes, by binary name. */
  public Map<String, byte[]> classes() {
    return JavaInMemory.compile(texts());
  }

  /** The class out of class files that were made before. */
  public Class<?> type(Map<String, byte[]> classes) {
    return InMemory.define(className(), classes);
  }

  /** With units shared one by one, so that threads meet in small layers too. */
  Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>(backend.java().sources());
    texts.replace(
        className(),
        backend.java().network().replaceAll("run\\((\\d+), (\\d+), \\d+\\)", "run($1, $2, 1)"));
    return texts;
  }

  /** Class files and weights, as they would lie in a jar. */
  public void write(Path folder, TensorSource source) throws IOException {
    write(List.of(this), folder, source);
  }

  /** The same for many, whose classes javac compiles faster at once than one by one. */
  public static void write(List<CompiledGraph> graphs, Path folder, TensorSource source)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    graphs.forEach(graph -> texts.putAll(graph.texts()));
    write(graphs, JavaInMemory.compile(texts), folder, source);
  }

  /** The same for class files that were made before. */
  static void write(
      Collection<CompiledGraph> graphs,
      Map<String, byte[]> classes,
      Path folder,
      TensorSource source)
      throws IOException {
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    for (CompiledGraph graph : graphs) {
      Path weights = folder.resolve(graph.className().replace('.', '/') + ".weights");
      try (OutputStream out = Files.newOutputStream(weights)) {
        graph.backend.weights().write(out, source);
      }
    }
  }
}
