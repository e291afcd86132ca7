package dev.cnnc.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The content of an ONNX file as records with the names of {@code onnx.proto}, limited to the part
 * that networks need.
 */
public final class Onnx {

  private Onnx() {}

  /** A whole file. */
  public record Model(
      long irVersion,
      String producerName,
      String producerVersion,
      List<OperatorSet> operatorSets,
      Graph graph,
      List<Function> functions) {
    public Model {
      operatorSets = List.copyOf(operatorSets);
      functions = List.copyOf(functions);
    }

    /** A model without functions of its own. */
    public Model(
        long irVersion,
        String producerName,
        String producerVersion,
        List<OperatorSet> operatorSets,
        Graph graph) {
      this(irVersion, producerName, producerVersion, operatorSets, graph, List.of());
    }

    /** Version of the standard's own operators. */
    public long version() {
      return OperatorSet.version(operatorSets).orElse(1);
    }
  }

  /** A set of operators; the domain of the standard is empty. */
  public record OperatorSet(String domain, long version) {

    /** Version of the standard's own operators. */
    public static OptionalLong version(List<OperatorSet> sets) {
      return sets.stream()
          .filter(set -> set.domain().isEmpty())
          .mapToLong(OperatorSet::version)
          .max();
    }
  }

  /**
   * An operator that the file itself defines.
   *
   * @param operator its name with its domain, as nodes have it
   * @param inputs names that its nodes read
   * @param defaults attributes that a node may leave out
   */
  public record Function(
      String operator,
      List<String> inputs,
      List<String> outputs,
      List<Attribute> defaults,
      List<Node> nodes,
      List<OperatorSet> operatorSets) {
    public Function {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      defaults = List.copyOf(defaults);
      nodes = List.copyOf(nodes);
      operatorSets = List.copyOf(operatorSets);
    }
  }

  /** Nodes in an order in which they can run, and their constants. */
  public record Graph(
      String name,
      List<Node> nodes,
      List<Tensor> initializers,
      List<ValueInfo> inputs,
      List<ValueInfo> outputs) {
    public Graph {
      nodes = List.copyOf(nodes);
      initializers = List.copyOf(initializers);
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** The names that it reads and does not define. */
    public Set<String> free() {
      Set<String> free = new LinkedHashSet<>();
      nodes.forEach(node -> free.addAll(node.reads()));
      outputs.forEach(output -> free.add(output.name()));
      nodes.forEach(node -> node.outputs().forEach(free::remove));
      initializers.forEach(tensor -> free.remove(tensor.name()));
      inputs.forEach(input -> free.remove(input.name()));
      return free;
    }
  }

  /**
   * An operator. Values are identified by name.
   *
   * @param inputs names of the inputs; an omitted input has an empty name
   */
  public record Node(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      List<Attribute> attributes) {
    public Node {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      attributes = List.copyOf(attributes);
    }

    /** The names that it reads, also those that a graph in it takes from around it. */
    public Set<String> reads() {
      Set<String> reads = new LinkedHashSet<>(inputs);
      for (Attribute attribute : attributes) {
        if (attribute instanceof Attribute.Nested(_, Graph graph)) {
          reads.addAll(graph.free());
        }
      }
      reads.remove("");
      return reads;
    }
  }

  /** An attribute of an operator. */
  public sealed interface Attribute {
    String name();

    /** The same under another name. */
    default Attribute called(String name) {
      return switch (this) {
        case Whole(_, long value) -> new Whole(name, value);
        case Real(_, float value) -> new Real(name, value);
        case Text(_, String value) -> new Text(name, value);
        case Wholes(_, List<Long> values) -> new Wholes(name, values);
        case Reals(_, List<Float> values) -> new Reals(name, values);
        case Constant(_, Tensor value) -> new Constant(name, value);
        case Nested(_, Graph graph) -> new Nested(name, graph);
        case Reference(_, String outer) -> new Reference(name, outer);
        case Other(_, String kind) -> new Other(name, kind);
      };
    }

    record Whole(String name, long value) implements Attribute {}

    record Real(String name, float value) implements Attribute {}

    record Text(String name, String value) implements Attribute {}

    record Wholes(String name, List<Long> values) implements Attribute {
      public Wholes {
        values = List.copyOf(values);
      }
    }

    record Reals(String name, List<Float> values) implements Attribute {
      public Reals {
        values = List.copyOf(values);
      }
    }

    record Constant(String name, Tensor value) implements Attribute {}

    /** A graph that a node may run. */
    record Nested(String name, Graph graph) implements Attribute {}

    /** In a function: the attribute {@code outer} of the node that calls it. */
    record Reference(String name, String outer) implements Attribute {}

    /** An attribute of a kind that networks do not need. */
    record Other(String name, String kind) implements Attribute {}
  }

  /** The type of the elements of a tensor. */
  public enum DataType {
    FLOAT(1, Float.BYTES),
    UINT8(2, Byte.BYTES),
    INT8(3, Byte.BYTES),
    UINT16(4, Short.BYTES),
    INT16(5, Short.BYTES),
    INT32(6, Integer.BYTES),
    INT64(7, Long.BYTES),
    BOOL(9, Byte.BYTES),
    FLOAT16(10, Short.BYTES),
    DOUBLE(11, Double.BYTES),
    UINT32(12, Integer.BYTES),
    UINT64(13, Long.BYTES),
    BFLOAT16(16, Short.BYTES);

    private final int number;
    private final int bytes;

    DataType(int number, int bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    /** The number of the type in files. */
    public int number() {
      return number;
    }

    /** Number of bytes of an element. */
    public int bytes() {
      return bytes;
    }

    /** Whether elements are integers or booleans. */
    public boolean isWhole() {
      return switch (this) {
        case FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> false;
        case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> true;
      };
    }
  }

  /** A constant tensor. Its elements are read on demand, so they are not in memory. */
  public record Tensor(String name, DataType type, List<Long> dimensions, Content content) {
    public Tensor {
      dimensions = List.copyOf(dimensions);
    }

    /** Length of the content. */
    public long bytes() {
      return dimensions.stream().reduce((long) type.bytes(), Math::multiplyExact);
    }
  }

  /** The elements of a tensor, row-major and little-endian. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * An input or output of the graph.
   *
   * @param dimensions sizes; {@link #OPEN} for an open dimension, and empty if the file has none
   */
  public record ValueInfo(String name, DataType type, List<Long> dimensions) {
    /** A size that is not known before the network runs. */
    public static final long OPEN = -1;

    public ValueInfo {
      dimensions = List.copyOf(dimensions);
    }
  }
}
