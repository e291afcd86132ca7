package dev.cnnc.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * What an ONNX file says, as records: names are those of {@code onnx.proto}, of which only the part
 * that networks need is here.
 */
public final class Onnx {

  private Onnx() {}

  /** A whole file. */
  public record Model(
      long irVersion,
      String producerName,
      String producerVersion,
      List<OperatorSet> operatorSets,
      Graph graph) {
    public Model {
      operatorSets = List.copyOf(operatorSets);
    }

    /** Of the standard's own operators. */
    public long version() {
      return operatorSets.stream()
          .filter(set -> set.domain().isEmpty())
          .mapToLong(OperatorSet::version)
          .max()
          .orElse(1);
    }
  }

  /** Which operators are meant; the standard's own domain is empty. */
  public record OperatorSet(String domain, long version) {}

  /** Nodes in an order in which they can run, and the constants they read. */
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
  }

  /**
   * One operator. Values are known by their names.
   *
   * @param inputs one that is left out has an empty name
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
  }

  /** A constant of an operator. */
  public sealed interface Attribute {
    String name();

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

    /** One of a kind that networks do not need, such as a graph within the graph. */
    record Other(String name, String kind) implements Attribute {}
  }

  /** What the elements of a tensor are. */
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

    /** As files write it. */
    public int number() {
      return number;
    }

    /** Of one element. */
    public int bytes() {
      return bytes;
    }

    /** Whether elements are integers, of which shapes are made, or truth values. */
    public boolean isWhole() {
      return switch (this) {
        case FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> false;
        case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> true;
      };
    }
  }

  /** A constant value; its elements are asked for when they are needed, so none stand in memory. */
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
   * What goes in or comes out.
   *
   * @param dimensions one that the file leaves open is {@link #OPEN}; empty if it says nothing
   */
  public record ValueInfo(String name, DataType type, List<Long> dimensions) {
    /** A size that is known only when the network runs. */
    public static final long OPEN = -1;

    public ValueInfo {
      dimensions = List.copyOf(dimensions);
    }
  }
}
