package dev.cnnc.benchmarks;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.pass.Passes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ONNX Runtime on a model, or on our export, with all optimisations. Its inputs are already in its
 * own memory, so it saves a copy that our class makes.
 */
final class OnnxRuntime implements Contender {
  private static final int WARM_RUNS = 10;
  private static final long WARM_NANOSECONDS = 500_000_000;

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private float[] firstOutput = {};

  private OnnxRuntime(Path file, Map<String, Subject.ModelInput> given, int threads)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(file.toString(), options);
    }
    for (NodeInfo node : session.getInputInfo().values()) {
      Subject.ModelInput input = given.get(node.getName());
      if (input == null) {
        throw new OrtException("there is no input for " + node.getName());
      }
      inputs.put(node.getName(), Tensors.of(environment, node, input));
    }
  }

  static OnnxRuntime of(Subject subject, int threads) throws OrtException, IOException {
    if (subject.model().isPresent()) {
      return new OnnxRuntime(subject.model().get(), subject.theirs(), threads);
    }
    Path file = Files.createTempFile("cnnc", ".onnx");
    try {
      write(subject, file);
      return new OnnxRuntime(file, subject.theirs(), threads);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Subject subject, Path file) throws IOException {
    Network written = subject.written();
    Network exported = written.with(Passes.portable(written.graph()));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      OnnxWriter.write(OnnxExport.of(exported, subject.source()), out);
    }
  }

  @Override
  public void run() {
    try (OrtSession.Result result = session.run(inputs)) {
      firstOutput = Tensors.numbers((OnnxTensor) result.get(0));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
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
