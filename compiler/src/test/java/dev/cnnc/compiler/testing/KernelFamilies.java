package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The graphs of all kernels, planned and emitted, each in a package of its own.
 *
 * <p>Several tests want them and nobody changes them. To plan, emit and compile them takes a minute
 * of a processor, so that is done once for the tests of a JVM.
 */
public final class KernelFamilies {

  /** Options of javac that make any warning an error. */
  public static final List<String> NO_WARNINGS =
      List.of("-Xlint:all,-incubating", "-Xmaxwarns", "10", "-Werror");

  private KernelFamilies() {}

  /** Those that all tests of this JVM share, by the names that {@link KernelGroups} gives. */
  public static SequencedMap<String, CompiledGraph> shared() {
    return Emitted.ALL;
  }

  /** Those of {@link #shared} whose every layer can be compared alone. */
  public static Stream<String> kernels() {
    return KernelGroups.groups().keySet().stream();
  }

  /** The class files of {@link #shared}, by binary name, of which javac has no complaints. */
  public static Map<String, byte[]> classes() {
    return Compiled.CLASSES;
  }

  /** The same as {@link #shared}, made again. */
  public static SequencedMap<String, CompiledGraph> again() {
    SequencedMap<String, CompiledGraph> all = new LinkedHashMap<>();
    KernelGroups.groups()
        .forEach(
            (name, families) ->
                all.put(name, CompiledGraph.of(KernelFamily.joined(families), packageOf(name))));
    all.put("scaled", CompiledGraph.of(PrologueGraphs.scales(4), "family.scaled"));
    all.put("gated", CompiledGraph.of(PrologueGraphs.gates(5), "family.gated"));
    for (Storage storage : new Storage[] {Storage.F16, Storage.BF16}) {
      String name = "of" + storage;
      all.put(name, CompiledGraph.of(FcGraphs.fcs(), packageOf(name), storage));
    }
    return Collections.unmodifiableSequencedMap(all);
  }

  /** Class files and weights of {@link #shared}, as they would lie in a jar. */
  public static void write(Path folder, TensorSource source) throws IOException {
    CompiledGraph.write(shared().values(), classes(), folder, source);
  }

  private static String packageOf(String family) {
    return "family." + family;
  }

  private static Map<String, byte[]> compile(Collection<CompiledGraph> graphs) {
    Map<String, String> texts = new HashMap<>();
    graphs.forEach(graph -> texts.putAll(graph.texts()));
    return Collections.unmodifiableMap(JavaInMemory.compile(texts, NO_WARNINGS));
  }

  /** Made when the first test asks for them. */
  private static final class Emitted {
    static final SequencedMap<String, CompiledGraph> ALL = again();
  }

  /** Compiled when the first test asks for it. */
  private static final class Compiled {
    static final Map<String, byte[]> CLASSES = compile(shared().values());
  }
}
