package dev.cnnc.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime on our export, with all optimisations. Its inputs are already in its own memory, so
 * it saves a copy that our class makes.
 */
final class OnnxRuntime implements Contender {
  private static final int WARM_RUNS = 10;
  private static final long WARM_NANOSECONDS = 500_000_000;

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private float[] firstOutput = {};

  OnnxRuntime(Network written, TensorSource source, List<float[]> given, int threads)
      throws OrtException, IOException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Path file = Files.createTempFile("cnnc", ".onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      write(written, source, file);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
    for (NodeInfo node : session.getInputInfo().values()) {
      float[] numbers = given.get(inputs.size());
      FloatBuffer direct =
          ByteBuffer.allocateDirect(numbers.length * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer()
              .put(numbers)
              .flip();
      long[] shape = ((TensorInfo) node.getInfo()).getShape();
      inputs.put(node.getName(), OnnxTensor.createTensor(environment, direct, shape));
    }
  }

  private static void write(Network written, TensorSource source, Path file) throws IOException {
    Network exported = written.with(Passes.portable(written.graph()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      OnnxWriter.write(OnnxExport.of(exported, source), out);
    }
  }

  @Override
  public void run() {
    try (OrtSession.Result result = session.run(inputs)) {
      firstOutput = values((OnnxTensor) result.get(0));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] values(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public void warm() {
    long start = System.nanoTime();
    for (int i = 0; i < WARM_RUNS || System.nanoTime() - start < WARM_NANOSECONDS; i++) {
      run();
    }
  }

  float[] firstOutput() {
    return firstOutput;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
