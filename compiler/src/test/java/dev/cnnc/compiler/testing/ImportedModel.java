package dev.cnnc.compiler.testing;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.load.InMemory;
import dev.cnnc.compiler.load.JavaInMemory;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.text.NetworkText;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Start;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model of the standard that went the whole way: read, translated, written as text and tensors,
 * and compiled from these, for this JVM alone.
 */
public record ImportedModel(String text, Compilation.Result compiled) {

  /** A model of a file; what is written lies in {@code folder}. */
  public static ImportedModel of(Path file, Path folder) throws IOException {
    return of(file, Map.of(), folder);
  }

  /** A model of a file, with the shapes of inputs with open sides. */
  public static ImportedModel of(Path file, Map<String, List<Long>> shapes, Path folder)
      throws IOException {
    String name = file.getFileName().toString().replace(".onnx", "").replace('.', '_');
    OnnxImport.Result result = OnnxImport.of(OnnxReader.read(file), name, shapes, Map.of());
    return of(result, name, folder, "");
  }

  /**
   * A model with some inputs known.
   *
   * @param clauses to be added to the text
   */
  public static ImportedModel of(
      Onnx.Model model,
      String name,
      Map<String, Onnx.Tensor> constants,
      Path folder,
      String clauses)
      throws IOException {
    return of(OnnxImport.of(model, name, Map.of(), constants), name, folder, clauses);
  }

  private static ImportedModel of(
      OnnxImport.Result result, String name, Path folder, String clauses) throws IOException {
    if (result.network().isEmpty()) {
      throw new IllegalArgumentException(result.problems().toString());
    }
    Optional<String> weights =
        result.tensors().isEmpty() ? Optional.empty() : Optional.of(name + ".safetensors");
    String text = NetworkText.of(result.network().get(), weights);
    SafetensorsWriter.write(folder.resolve(name + ".safetensors"), result.tensors());
    String missing = weights.isEmpty() ? "weights synthetic\n" : "";
    Path written = Files.writeString(folder.resolve(name + ".cnn"), text + missing + clauses);
    Compilation compilation = Compiler.compileHere(written, Optional.empty());
    return new ImportedModel(
        text,
        compilation
            .result()
            .orElseThrow(() -> new IllegalStateException(compilation.diagnostics() + "\n" + text)));
  }

  /** A network of ours out and in again. */
  public static ImportedModel again(Compilation.Result result, Path folder) throws IOException {
    Onnx.Model model =
        OnnxExport.of(
            result.written().with(Passes.portable(result.written().graph())), result.source());
    Path file = folder.resolve(result.written().graph().name() + ".onnx");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      OnnxWriter.write(model, out);
    }
    return of(file, folder);
  }

  public String className() {
    return compiled.backend().java().className();
  }

  /** The emitted texts by class name, with the kernels of this JVM alone. */
  public Map<String, String> java() {
    return compiled.backend().java().sources();
  }

  /** The emitted class of a network of one input, compiled already. */
  public CompiledNetwork load(Map<String, byte[]> classes) {
    PackedWeights weights = PackedWeights.of(compiled.backend().weights(), compiled.source());
    return InMemory.load(className(), classes, weights, Threads.caller());
  }

  public CompiledNetwork load() {
    return load(compiled);
  }

  /** The emitted class of a network of one input, in memory. */
  public static CompiledNetwork load(Compilation.Result result) {
    return (CompiledNetwork) instance(result, Start.VECTORS);
  }

  /** The emitted class of any network, in memory. */
  public static NetworkInstance instance(Compilation.Result result, Start start) {
    Backend here = result.backend();
    return InMemory.instance(
        here.java().className(),
        JavaInMemory.compile(here.java().sources()),
        PackedWeights.of(here.weights(), result.source()),
        Threads.caller(),
        start);
  }
}
