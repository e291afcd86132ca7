package dev.cnnc.cli;

import dev.cnnc.compiler.verify.PeerValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that decide whether ONNX Runtime runs too. */
final class PeerOption {

  @Option(
      names = "--onnxruntime",
      paramLabel = "JAR",
      description =
          "The library to run. Without this option it is looked for in the local Maven repository,"
              + " and Maven is asked to fetch it (once, 55 MB); where it cannot be had, the class"
              + " and the reference are compared without it.")
  private Optional<Path> jar = Optional.empty();

  @Option(
      names = "--no-onnxruntime",
      description = "Do not look for ONNX Runtime, and do not run it.")
  private boolean without;

  @Option(
      names = "--against",
      paramLabel = "MODEL.onnx",
      description =
          "The model whose outputs FILE.cnn shall give, that it was imported from, say. For"
              + " FILE.onnx it is that file itself.")
  private Optional<Path> against = Optional.empty();

  /**
   * The result of running ONNX Runtime.
   *
   * @param model the model that gave the outputs; empty for our own export
   * @param engine the engine that ran; empty if none did
   * @param excuse why an engine that was not requested by name did not run
   */
  record Answer(
      PeerValues values, Optional<Path> model, Optional<String> engine, Optional<String> excuse) {}

  /** The model that the user compares with. */
  Optional<Path> against() {
    return against;
  }

  /** Checks the options before a long run. */
  void check(CommandSpec spec) {
    if (without && (jar.isPresent() || against.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          "--no-onnxruntime cannot be combined with --onnxruntime or --against, which run it");
    }
    for (Optional<Path> file : List.of(jar, against)) {
      if (file.isPresent() && !Files.isReadable(file.get())) {
        throw new Failure("cannot read " + file.get());
      }
    }
  }

  /**
   * Runs ONNX Runtime if the options want it.
   *
   * @param original the ONNX model of the network, with the user's shapes
   * @param optimised whether it may replace and fuse operators
   */
  Answer ask(
      Verification verification,
      Optional<Path> original,
      List<String> shapes,
      boolean optimised,
      Progress progress) {
    if (without) {
      return new Answer(PeerValues.NONE, Optional.empty(), Optional.empty(), Optional.empty());
    }
    Optional<Path> model = against.or(() -> original);
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      Path library = library(folder.path(), progress);
      OnnxRuntime peer = new OnnxRuntime(library, folder.path(), optimised);
      PeerValues exported = verification.export(peer);
      PeerValues values =
          model.isPresent()
              ? new PeerValues(
                  exported.layers(),
                  verification.original(peer, model.get(), shapes),
                  ModelRounding.of(model.get()))
              : exported;
      return new Answer(
          values, model, Optional.of(String.valueOf(peer.jar().getFileName())), Optional.empty());
    } catch (IOException problem) {
      String reason = "ONNX Runtime did not run: " + problem.getMessage();
      if (jar.isPresent() || against.isPresent()) {
        throw new Failure(reason);
      }
      return new Answer(PeerValues.NONE, Optional.empty(), Optional.empty(), Optional.of(reason));
    }
  }

  private Path library(Path folder, Progress progress) throws IOException {
    OnnxRuntimeJar known = OnnxRuntimeJar.here();
    Optional<Path> there = jar.or(known::installed);
    if (there.isPresent()) {
      return there.get();
    }
    progress.stage(
        "asking Maven for ONNX Runtime " + known.version() + " (--no-onnxruntime goes without it)");
    return known.fetched(folder);
  }
}
