package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the types of inputs and outputs. */
final class TypeReader {

  /** Most axes of a tensor; no network has more. */
  static final int MOST_AXES = 32;

  private TypeReader() {}

  static Onnx.ValueInfo value(WireReader in) {
    String name = "";
    Onnx.ValueInfo type = new Onnx.ValueInfo("", Onnx.DataType.FLOAT, List.of());
    while (in.next()) {
      switch (in.number()) {
        case 1 -> name = in.text();
        case 2 -> type = type(in.message("a type"));
        default -> in.skip();
      }
    }
    return new Onnx.ValueInfo(name, type.type(), type.dimensions());
  }

  private static Onnx.ValueInfo type(WireReader in) {
    Onnx.ValueInfo tensor = new Onnx.ValueInfo("", Onnx.DataType.FLOAT, List.of());
    while (in.next()) {
      if (in.number() == 1) {
        tensor = tensor(in.message("the type of a tensor"));
      } else {
        in.skip();
      }
    }
    return tensor;
  }

  private static Onnx.ValueInfo tensor(WireReader in) {
    Onnx.DataType type = Onnx.DataType.FLOAT;
    List<Long> dimensions = new ArrayList<>();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> {
          long number = in.whole();
          type = dataType(number).orElse(type);
        }
        case 2 -> shape(in.message("a shape"), dimensions);
        default -> in.skip();
      }
    }
    return new Onnx.ValueInfo("", type, dimensions);
  }

  private static void shape(WireReader in, List<Long> dimensions) {
    while (in.next()) {
      if (in.number() == 1) {
        if (dimensions.size() == MOST_AXES) {
          throw in.broken("a shape of more than " + MOST_AXES + " axes");
        }
        dimensions.add(dimension(in.message("a dimension")));
      } else {
        in.skip();
      }
    }
  }

  /** A dimension; a name in place of a number means that it is open. */
  private static long dimension(WireReader in) {
    long size = Onnx.ValueInfo.OPEN;
    while (in.next()) {
      if (in.number() == 1) {
        size = in.whole();
      } else {
        in.skip();
      }
    }
    return size < 0 ? Onnx.ValueInfo.OPEN : size;
  }

  static Optional<Onnx.DataType> dataType(long number) {
    for (Onnx.DataType type : Onnx.DataType.values()) {
      if (type.number() == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
