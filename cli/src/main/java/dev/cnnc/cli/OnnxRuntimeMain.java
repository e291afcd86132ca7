package dev.cnnc.cli;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Runs a model in ONNX Runtime. It runs in its own process, so that a crash of native code ends
 * only that process. It is the only class that refers to the library, which is not part of an
 * installation.
 */
final class OnnxRuntimeMain {
  private OnnxRuntimeMain() {}

  /**
   * Reads the inputs from a file and writes all outputs to another file.
   *
   * @param arguments the model, the file of inputs, the output file, whether to optimise, then
   *     shapes of inputs such as {@code image=3,224,224}
   */
  public static void main(String[] arguments) throws IOException, OrtException {
    if (!Boolean.parseBoolean(arguments[3])) {
      run(arguments, OrtSession.SessionOptions.OptLevel.NO_OPT);
      return;
    }
    try {
      run(arguments, OrtSession.SessionOptions.OptLevel.ALL_OPT);
    } catch (OrtException _) {
      // Its layout for blocks of 8 channels (AVX2) loses an output that a later conv adds.
      run(arguments, OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
    }
  }

  private static void run(String[] arguments, OrtSession.SessionOptions.OptLevel level)
      throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Only the results matter, not the speed, and not warnings about models.
      options.setIntraOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      options.setOptimizationLevel(level);
      // Without VNNI its products of 8 bits are added in 16 bits, which overflow.
      options.addConfigEntry("session.x64quantprecision", "1");
      try (OrtSession session = environment.createSession(arguments[0], options)) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
          List<String> shapes = Arrays.asList(arguments).subList(4, arguments.length);
          for (Map.Entry<String, float[]> given :
              OnnxRuntime.read(Path.of(arguments[1])).entrySet()) {
            NodeInfo node = session.getInputInfo().get(given.getKey());
            if (node == null) {
              throw new IOException("the model has no input " + given.getKey());
            }
            inputs.put(given.getKey(), input(environment, node, given.getValue(), shapes));
          }
          try (OrtSession.Result result = session.run(inputs)) {
            write(result, Path.of(arguments[2]));
          }
        } finally {
          inputs.values().forEach(OnnxTensor::close);
        }
      }
    }
  }

  private static OnnxTensor input(
      OrtEnvironment environment, NodeInfo node, float[] given, List<String> shapes)
      throws IOException, OrtException {
    String name = node.getName();
    TensorInfo info = (TensorInfo) node.getInfo();
    long[] shape = shape(name, info, shapes);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(given.length * info.type.size).order(ByteOrder.nativeOrder());
    for (float number : given) {
      switch (info.type) {
        case FLOAT -> bytes.putFloat(number);
        case DOUBLE -> bytes.putDouble(number);
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16(number));
        case BFLOAT16 -> bytes.putShort((short) (Float.floatToRawIntBits(number) >>> Short.SIZE));
        case INT8, UINT8, BOOL -> bytes.put((byte) (int) number);
        case INT16 -> bytes.putShort((short) number);
        case INT32 -> bytes.putInt((int) number);
        case INT64 -> bytes.putLong((long) number);
        case STRING, UNKNOWN -> throw new IOException("input " + name + " is of type " + info.type);
      }
    }
    return OnnxTensor.createTensor(environment, bytes.flip(), shape, info.type);
  }

  /** The shape from the user, otherwise from the model, where only the batch may be open. */
  private static long[] shape(String name, TensorInfo info, Iterable<String> told) {
    for (String shape : told) {
      if (shape.startsWith(name + "=")) {
        String[] sizes = shape.substring(name.length() + 1).split(",", -1);
        LongStream given = Arrays.stream(sizes).mapToLong(Long::parseLong);
        boolean withoutBatch = sizes.length == info.getShape().length - 1;
        return (withoutBatch ? LongStream.concat(LongStream.of(1), given) : given).toArray();
      }
    }
    return Arrays.stream(info.getShape()).map(size -> Math.max(size, 1)).toArray();
  }

  private static void write(OrtSession.Result result, Path file) throws IOException, OrtException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(result.size());
      for (Map.Entry<String, OnnxValue> each : result) {
        if (!(each.getValue() instanceof OnnxTensor tensor)) {
          throw new IOException("output " + each.getKey() + " is no tensor");
        }
        float[] numbers = numbers(each.getKey(), tensor);
        out.writeUTF(each.getKey());
        out.writeInt(numbers.length);
        for (float number : numbers) {
          out.writeFloat(number);
        }
      }
    }
  }

  private static float[] numbers(String name, OnnxTensor tensor) throws IOException {
    FloatBuffer floats = tensor.getFloatBuffer();
    if (floats != null) {
      float[] numbers = new float[floats.remaining()];
      floats.get(numbers);
      return numbers;
    }
    OnnxJavaType type = tensor.getInfo().type;
    if (type == OnnxJavaType.STRING || type == OnnxJavaType.UNKNOWN) {
      throw new IOException("output " + name + " is of type " + type);
    }
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    float[] numbers = new float[bytes.remaining() / type.size];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = number(type, bytes);
    }
    return numbers;
  }

  private static float number(OnnxJavaType type, ByteBuffer bytes) {
    return switch (type) {
      case DOUBLE -> (float) bytes.getDouble();
      case UINT8 -> bytes.get() & 0xff;
      case INT8, BOOL -> bytes.get();
      case INT16 -> bytes.getShort();
      case INT32 -> bytes.getInt();
      case INT64 -> bytes.getLong();
      case FLOAT, FLOAT16, BFLOAT16, STRING, UNKNOWN -> throw new IllegalStateException("" + type);
    };
  }
}
