package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.ExternalTensors;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.translate.ChannelsLast;
import dev.cnnc.compiler.onnx.translate.ModelInputs;
import dev.cnnc.compiler.verify.Comparison;
import dev.cnnc.compiler.verify.PeerValues;
import dev.cnnc.compiler.verify.Trace;
import dev.cnnc.compiler.verify.Verdict;
import dev.cnnc.compiler.verify.Watched;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one network in every engine on the same inputs.
 *
 * @param watched the values that the emitted class writes
 */
record Verification(Built built, List<Watched> watched, List<float[]> inputs, Progress progress) {

  static Verification of(Built built, List<float[]> inputs, Progress progress) {
    List<Watched> watched = Watched.of(built.file().written().graph(), built.own().plan());
    return new Verification(built, watched, inputs, progress);
  }

  private NetworkFile file() {
    return built.file();
  }

  /** Runs the emitted class. */
  Trace run(int threads) {
    try (NetworkInstance network = built.instance(threads, Start.VECTORS)) {
      progress.stage("running");
      return Trace.of(watched, network, inputs);
    }
  }

  /** Runs ONNX Runtime on our export, with the value of every layer. */
  PeerValues export(OnnxRuntime peer) throws IOException {
    progress.stage("exporting for ONNX Runtime");
    Graph graph = file().written().graph();
    List<Graph.Output> outputs = new ArrayList<>(graph.outputs());
    for (Watched each : watched) {
      outputs.add(new Graph.Output(label(each), each.written().id()));
    }
    Graph telling = new Graph(graph.name(), graph.nodes(), outputs);
    Onnx.Model model = OnnxExport.of(file().written().with(telling), file().source());
    Path exported = peer.folder().resolve("model.onnx");
    // Two files, of any length.
    ExternalTensors external = ExternalTensors.of(model, "model.onnx.data");
    try (OutputStream out = stream(exported);
        OutputStream tensors = stream(peer.folder().resolve(external.location()))) {
      OnnxWriter.write(model, external, out);
      external.write(model, tensors);
    }
    progress.stage("running ONNX Runtime on the export");
    Map<String, float[]> values = peer.run(exported, List.of(), named(file().written().inputs()));
    Map<Integer, float[]> layers = new HashMap<>();
    watched.forEach(each -> layers.put(each.written().id(), value(values, label(each))));
    return new PeerValues(
        layers, graph.outputs().stream().map(output -> value(values, output.name())).toList(), 0);
  }

  private static OutputStream stream(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** A name that no output of a file has. */
  private static String label(Watched watched) {
    return "layer/" + watched.written().id();
  }

  private static float[] value(Map<String, float[]> values, String name) {
    float[] value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("ONNX Runtime gave no " + name);
    }
    return value;
  }

  /**
   * The outputs of a foreign model, which ONNX Runtime runs unchanged. Its layers cannot be mapped
   * to ours.
   */
  List<float[]> original(OnnxRuntime peer, Path model, List<String> shapes) throws IOException {
    progress.stage("running ONNX Runtime on " + model);
    List<float[]> values = List.copyOf(peer.run(model, shapes, turned(model)).values());
    List<Graph.Output> outputs = file().written().graph().outputs();
    if (values.size() != outputs.size()) {
      throw new Failure(
          "%s has %s outputs, the network %s".formatted(model, values.size(), outputs.size()));
    }
    for (int index = 0; index < values.size(); index++) {
      Graph.Output output = outputs.get(index);
      int size = file().written().graph().node(output.node()).shape().size();
      if (values.get(index).length != size) {
        throw new Failure(
            "output %s of %s has %s numbers, of the network %s"
                .formatted(output.name(), model, values.get(index).length, size));
      }
    }
    return values;
  }

  /** The inputs under our names. */
  private Map<String, float[]> named(List<Network.Input> names) {
    Map<String, float[]> named = new LinkedHashMap<>();
    for (int index = 0; index < inputs.size(); index++) {
      named.put(names.get(index).name(), inputs.get(index));
    }
    return named;
  }

  /** The inputs under the names of a model, in its order of elements: channels may come last. */
  private Map<String, float[]> turned(Path model) throws IOException {
    List<Network.Input> ours = file().written().inputs();
    try {
      Onnx.Graph graph = OnnxReader.read(model).graph();
      List<Onnx.ValueInfo> theirs = ModelInputs.of(graph, ours);
      Map<String, float[]> turned = new LinkedHashMap<>();
      for (int index = 0; index < inputs.size(); index++) {
        Onnx.ValueInfo input = theirs.get(index);
        int channels = file().written().graph().node(index).shape().channels();
        turned.put(
            input.name(),
            ChannelsLast.is(graph, input.name(), input.dimensions().size())
                ? ChannelsLast.turned(inputs.get(index), channels)
                : inputs.get(index));
      }
      return turned;
    } catch (OnnxException unreadable) {
      // ONNX Runtime gives the reason.
      return named(ours);
    } catch (IllegalArgumentException fewer) {
      throw new Failure(String.valueOf(fewer.getMessage()));
    }
  }

  /** Compares all results. */
  Verdict compare(Trace trace, PeerValues peers) {
    return new Comparison(file().written(), file().source(), inputs, progress::stage)
        .of(trace, peers);
  }
}
