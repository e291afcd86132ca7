package dev.cnnc.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Floats to tensors of ONNX Runtime, and back, of every type that models have. */
final class Tensors {
  private Tensors() {}

  static OnnxTensor of(OrtEnvironment environment, NodeInfo node, Subject.ModelInput input)
      throws OrtException {
    OnnxJavaType type = ((TensorInfo) node.getInfo()).type;
    long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(input.numbers().capacity() * type.size)
            .order(ByteOrder.nativeOrder());
    for (float number : input.numbers().array()) {
      switch (type) {
        case FLOAT -> bytes.putFloat(number);
        case DOUBLE -> bytes.putDouble(number);
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16(number));
        case BFLOAT16 -> bytes.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
        case INT8, UINT8, BOOL -> bytes.put((byte) (int) number);
        case INT16 -> bytes.putShort((short) number);
        case INT32 -> bytes.putInt((int) number);
        case INT64 -> bytes.putLong((long) number);
        case STRING, UNKNOWN ->
            throw new OrtException("input " + node.getName() + " is of type " + type);
      }
    }
    return OnnxTensor.createTensor(environment, bytes.flip(), shape, type);
  }

  static float[] numbers(OnnxTensor tensor) throws OrtException {
    FloatBuffer floats = tensor.getFloatBuffer();
    if (floats != null) {
      float[] numbers = new float[floats.remaining()];
      floats.get(numbers);
      return numbers;
    }
    OnnxJavaType type = tensor.getInfo().type;
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    float[] numbers = new float[bytes.remaining() / type.size];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] =
          switch (type) {
            case DOUBLE -> (float) bytes.getDouble();
            case INT8, BOOL -> bytes.get();
            case UINT8 -> bytes.get() & 0xff;
            case INT16 -> bytes.getShort();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            case FLOAT, FLOAT16, BFLOAT16, STRING, UNKNOWN ->
                throw new OrtException("the first output is of type " + type);
          };
    }
    return numbers;
  }
}
