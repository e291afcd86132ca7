package dev.cnnc.compiler.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs models with ONNX Runtime, which checks them against the standard before. */
final class OnnxRuntime {

  private OnnxRuntime() {}

  /** An output as the engine gives it. */
  record Output(List<Long> dimensions, FloatBuffer data) {}

  /**
   * Writes the model to {@code file}, runs it and deletes it again.
   *
   * @return outputs by name, in the model's order
   */
  static Map<String, Output> run(Onnx.Model model, Path file, float[] picture)
      throws IOException, OrtException {
    return run(model, file, List.of(picture));
  }

  /** The same for a model of several inputs, in its order. */
  static Map<String, Output> run(Onnx.Model model, Path file, List<float[]> inputs)
      throws IOException, OrtException {
    return run(model, file, inputs, true);
  }

  /** The same with the engine's graph optimisations, or without, which is slower and simpler. */
  static Map<String, Output> run(
      Onnx.Model model, Path file, List<float[]> inputs, boolean optimised)
      throws IOException, OrtException {
    try (OutputStream out = stream(file)) {
      OnnxWriter.write(model, out);
    }
    try {
      return run(file, inputs, optimised);
    } finally {
      Files.delete(file);
    }
  }

  /** The same with the larger tensors in a file of their own, which the engine maps. */
  static Map<String, Output> runWithData(Onnx.Model model, Path file, List<float[]> inputs)
      throws IOException, OrtException {
    Path data = file.resolveSibling(file.getFileName() + ".data");
    ExternalTensors external = ExternalTensors.of(model, data.getFileName().toString());
    try (OutputStream out = stream(file);
        OutputStream tensors = stream(data)) {
      OnnxWriter.write(model, external, out);
      external.write(model, tensors);
    }
    try {
      return run(file, inputs, true);
    } finally {
      Files.delete(file);
      Files.delete(data);
    }
  }

  private static OutputStream stream(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static Map<String, Output> run(Path file, List<float[]> inputs, boolean optimised)
      throws OrtException {
    if (!optimised) {
      return run(file, inputs, OrtSession.SessionOptions.OptLevel.NO_OPT);
    }
    try {
      return run(file, inputs, OrtSession.SessionOptions.OptLevel.ALL_OPT);
    } catch (OrtException _) {
      // Its layout for blocks of 8 channels (AVX2) loses an output that a later conv adds.
      return run(file, inputs, OrtSession.SessionOptions.OptLevel.EXTENDED_OPT);
    }
  }

  /** Inputs in the model's order. */
  private static Map<String, Output> run(
      Path file, List<float[]> inputs, OrtSession.SessionOptions.OptLevel level)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setOptimizationLevel(level);
      options.setMemoryPatternOptimization(false);
      // A model runs once, so that weights in another order do not pay.
      options.addConfigEntry("session.disable_prepacking", "1");
      // Without VNNI its products of 8 bits are added in 16 bits, which overflow.
      options.addConfigEntry("session.x64quantprecision", "1");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        Map<String, OnnxTensor> given = new LinkedHashMap<>();
        try {
          for (String name : session.getInputNames()) {
            TensorInfo info = (TensorInfo) session.getInputInfo().get(name).getInfo();
            FloatBuffer data = FloatBuffer.wrap(inputs.get(given.size()));
            given.put(name, OnnxTensor.createTensor(environment, data, info.getShape()));
          }
          try (OrtSession.Result result = session.run(given)) {
            return outputs(result);
          }
        } finally {
          given.values().forEach(OnnxTensor::close);
        }
      }
    }
  }

  private static Map<String, Output> outputs(OrtSession.Result result) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    result.forEach(
        each -> {
          OnnxTensor tensor = (OnnxTensor) each.getValue();
          List<Long> dimensions = Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
          outputs.put(each.getKey(), new Output(dimensions, tensor.getFloatBuffer()));
        });
    return outputs;
  }
}
