package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.translate.ModelInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Inputs as a model's types can hold them, so that all engines compute with the same numbers. */
final class FittedInputs {
  private static final float MIDDLE = 127.5f;

  private FittedInputs() {}

  /** Numbers from -1 to 1 are spread over the range of 8 bits where the model takes integers. */
  static List<float[]> of(Path model, Network network, List<float[]> inputs) {
    List<Onnx.ValueInfo> theirs;
    try {
      theirs = ModelInputs.of(OnnxReader.read(model).graph(), network.inputs());
    } catch (IOException problem) {
      throw Failure.reading(model, problem);
    } catch (OnnxException unreadable) {
      return inputs; // ONNX Runtime gives the reason.
    } catch (IllegalArgumentException fewer) {
      throw new Failure(String.valueOf(fewer.getMessage()));
    }
    List<float[]> fitted = new ArrayList<>();
    for (int index = 0; index < inputs.size(); index++) {
      fitted.add(fitted(inputs.get(index), theirs.get(index).type()));
    }
    return fitted;
  }

  static float[] fitted(float[] numbers, Onnx.DataType type) {
    boolean spread = type.isWhole() && !areWhole(numbers);
    float zero = type == Onnx.DataType.INT8 ? 0 : MIDDLE;
    float[] fitted = numbers.clone();
    for (int index = 0; index < fitted.length; index++) {
      float number = numbers[index];
      fitted[index] =
          switch (type) {
            case FLOAT, DOUBLE -> number;
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(number));
            case BFLOAT16 -> Float.intBitsToFloat(Float.floatToRawIntBits(number) & 0xFFFF0000);
            case BOOL -> number > 0 ? 1 : 0;
            case UINT8, INT8, UINT16, INT16, INT32, INT64, UINT32, UINT64 ->
                Math.round(spread ? zero + MIDDLE * Math.clamp(number, -1, 1) : number);
          };
      if (type == Onnx.DataType.INT8) {
        fitted[index] = Math.min(fitted[index], Byte.MAX_VALUE);
      }
    }
    return fitted;
  }

  private static boolean areWhole(float[] numbers) {
    for (float number : numbers) {
      if (number != Math.rint(number)) {
        return false;
      }
    }
    return true;
  }
}
