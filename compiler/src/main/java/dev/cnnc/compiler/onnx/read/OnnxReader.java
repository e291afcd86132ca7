package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads ONNX files. Field numbers are those of onnx.proto.
 *
 * <p>Invariant: names of values are defined once, before they are read, and the bytes of every
 * tensor exist. The file is mapped, and elements are read on demand.
 */
public final class OnnxReader {

  /** Most nodes or tensors; no network has more, and such a file would only cost time. */
  private static final int MOST = 200_000;

  private static final int OLDEST_FORMAT = 3;
  private static final int NEWEST_FORMAT = 13;

  private final TensorReader tensors;

  private OnnxReader(TensorReader tensors) {
    this.tensors = tensors;
  }

  /**
   * Reads a model.
   *
   * @throws OnnxException if the file is not a model or is damaged
   * @throws IOException if there is no such file
   */
  public static Onnx.Model read(Path file) throws IOException {
    MemorySegment bytes = map(file);
    if (bytes.byteSize() == 0) {
      throw new OnnxException(file + " is empty");
    }
    Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().getParent());
    return new OnnxReader(new TensorReader(folder))
        .model(new WireReader(bytes, 0, file.toString()));
  }

  /** Reads a file with a single tensor, as in the tests of the standard. */
  public static Onnx.Tensor readTensor(Path file) throws IOException {
    return new TensorReader(Optional.empty()).read(new WireReader(map(file), 0, file.toString()));
  }

  private static MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private Onnx.Model model(WireReader in) {
    long format = 0;
    String producer = "";
    String version = "";
    List<Onnx.OperatorSet> operators = new ArrayList<>();
    Optional<Onnx.Graph> graph = Optional.empty();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> format = in.whole();
        case 2 -> producer = in.text();
        case 3 -> version = in.text();
        case 7 -> {
          if (graph.isPresent()) {
            throw in.broken("two graphs");
          }
          graph = Optional.of(graph(in.message("the graph")));
        }
        case 8 -> operators.add(operatorSet(in.message("an operator set")));
        default -> in.skip();
      }
    }
    if (graph.isEmpty()) {
      throw in.broken("no graph in it; is it an ONNX file?");
    }
    if (format < OLDEST_FORMAT || format > NEWEST_FORMAT) {
      throw new OnnxException(
          "the file has format version %s; versions %s to %s can be read"
              .formatted(format, OLDEST_FORMAT, NEWEST_FORMAT));
    }
    return new Onnx.Model(format, producer, version, operators, graph.get());
  }

  private static Onnx.OperatorSet operatorSet(WireReader in) {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.number()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.whole();
        default -> in.skip();
      }
    }
    return new Onnx.OperatorSet(domain.equals("ai.onnx") ? "" : domain, version);
  }

  private Onnx.Graph graph(WireReader in) {
    String name = "";
    List<Onnx.Node> nodes = new ArrayList<>();
    List<Onnx.Tensor> initializers = new ArrayList<>();
    List<Onnx.ValueInfo> inputs = new ArrayList<>();
    List<Onnx.ValueInfo> outputs = new ArrayList<>();
    while (in.next()) {
      if (nodes.size() + initializers.size() + inputs.size() + outputs.size() > MOST) {
        throw in.broken("more than " + MOST + " nodes and tensors");
      }
      switch (in.number()) {
        case 1 -> nodes.add(node(in.message("node " + nodes.size())));
        case 2 -> name = in.text();
        case 5 -> initializers.add(tensors.read(in.message("tensor " + initializers.size())));
        case 11 -> inputs.add(TypeReader.value(in.message("input " + inputs.size())));
        case 12 -> outputs.add(TypeReader.value(in.message("output " + outputs.size())));
        case 15 -> throw in.broken("sparse tensors, which cannot be read");
        default -> in.skip();
      }
    }
    Onnx.Graph graph = new Onnx.Graph(name, nodes, initializers, inputs, outputs);
    checkOrder(graph);
    return graph;
  }

  /**
   * Checks that names are defined before they are read; otherwise the graph has a cycle or an
   * undefined name.
   */
  private static void checkOrder(Onnx.Graph graph) {
    Set<String> known = new HashSet<>();
    for (Onnx.Tensor tensor : graph.initializers()) {
      if (!known.add(tensor.name())) {
        throw new OnnxException("two tensors are called " + tensor.name());
      }
    }
    // Old files also list their tensors as inputs.
    Set<String> inputs = new HashSet<>();
    for (Onnx.ValueInfo input : graph.inputs()) {
      if (!inputs.add(input.name())) {
        throw new OnnxException("two inputs are called " + input.name());
      }
    }
    known.addAll(inputs);
    for (Onnx.Node node : graph.nodes()) {
      String title = node.operator() + (node.name().isEmpty() ? "" : " " + node.name());
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !known.contains(input)) {
          throw new OnnxException(
              "node %s reads %s, which no node before it defines: a cycle, or a missing part"
                  .formatted(title, input));
        }
      }
      for (String output : node.outputs()) {
        if (!output.isEmpty() && !known.add(output)) {
          throw new OnnxException(
              "node %s defines %s, which is already defined".formatted(title, output));
        }
      }
    }
    for (Onnx.ValueInfo output : graph.outputs()) {
      if (!known.contains(output.name())) {
        throw new OnnxException("no node computes the output " + output.name());
      }
    }
  }

  private Onnx.Node node(WireReader in) {
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<Onnx.Attribute> attributes = new ArrayList<>();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> inputs.add(in.text());
        case 2 -> outputs.add(in.text());
        case 3 -> name = in.text();
        case 4 -> operator = in.text();
        case 5 -> attributes.add(new AttributeReader(tensors).read(in.message("an attribute")));
        case 7 -> domain = in.text();
        default -> in.skip();
      }
    }
    boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
    return new Onnx.Node(
        name, standard ? operator : domain + "." + operator, inputs, outputs, attributes);
  }
}
