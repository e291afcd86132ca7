package dev.cnnc.cli;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.GraphPrinter;
import dev.cnnc.compiler.pass.Pass;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.weights.RoundedTensor;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.weights.Recipe;
import dev.cnnc.runtime.weights.TensorSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The output folder of compiled files. A file appears complete or not at all, and never replaces an
 * input file of the network.
 *
 * @param root root folder of the packages
 * @param source the network's file
 * @param inputs the files that it refers to
 */
record OutputFolder(Path root, String packageName, Path source, List<Path> inputs) {

  /**
   * Writes the class, its kernels and its weights, and beside them the graph after one pass.
   *
   * @return the written files
   */
  List<Path> write(Compilation.Result result, Optional<Pass> dumped) {
    Path folder = root.resolve(packageName.replace('.', '/'));
    String className = result.backend().java().className();
    String name = className.substring(className.lastIndexOf('.') + 1);
    List<Path> written = new ArrayList<>();
    result
        .backend()
        .java()
        .sources()
        .forEach(
            (source, text) -> {
              Path java = root.resolve(source.replace('.', '/') + ".java");
              written.add(put(java, file -> Files.writeString(file, text)));
            });
    Path weights = folder.resolve(name + ".weights");
    written.add(put(weights, file -> write(result, file)));
    dumped.ifPresent(pass -> written.addAll(dump(result, pass, folder, name)));
    return List.copyOf(written);
  }

  private static void write(Compilation.Result result, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      result.backend().weights().write(out, result.source(), result.written().storage());
    }
  }

  private List<Path> dump(Compilation.Result result, Pass pass, Path folder, String name) {
    Network network =
        result.passes().stream()
            .filter(step -> step.pass().name().equals(pass.name()))
            .map(Passes.Step::graph)
            .map(result.written()::with)
            .findFirst()
            .orElseThrow();
    Path tensors = folder.resolve(name + ".safetensors");
    GraphPrinter.Printed printed =
        GraphPrinter.print(network, Optional.of(tensors.getFileName().toString()));
    return List.of(
        put(folder.resolve(name + ".cnn"), file -> Files.writeString(file, printed.text())),
        put(
            tensors,
            file ->
                SafetensorsWriter.write(
                    file,
                    printed.tensors().entrySet().stream()
                        .map(entry -> tensor(entry.getKey(), entry.getValue(), result.source()))
                        .toList())));
  }

  private static SafetensorsWriter.Tensor tensor(String name, Recipe recipe, TensorSource source) {
    return new SafetensorsWriter.Tensor(
        name, recipe.shape(), new RoundedTensor(recipe, source)::elements);
  }

  private Path put(Path file, OutputFile.Content content) {
    List<Path> read = Stream.concat(inputs.stream(), Stream.of(source)).toList();
    return new OutputFile(file, read).write(content);
  }
}
