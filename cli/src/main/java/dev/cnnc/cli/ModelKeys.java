package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.vision.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The characters that a model reads, in the order of its classes. Exports of PP-OCR have them under
 * the key {@code character} of their metadata, one a line.
 */
record ModelKeys(List<String> keys) {

  /** Those of a model, if its metadata have any. */
  static Optional<ModelKeys> of(Path model) {
    try {
      return Optional.ofNullable(OnnxReader.metadata(model).get("character"))
          .map(text -> new ModelKeys(text.lines().toList()))
          .filter(it -> !it.keys.isEmpty());
    } catch (IOException problem) {
      throw Failure.reading(model, problem);
    }
  }

  /** As {@code read} clauses expect it. */
  String text() {
    return String.join("\n", keys) + '\n';
  }

  /** What to write into the network; classes beside the characters are a blank and a space. */
  String advice(Network network, Path file) {
    int more = new Reader(false).names(NetworkInput.signature(network)).orElseThrow() - keys.size();
    return more == 0 || more == 1
        ? String.format(
            Locale.ROOT,
            "the model reads %,d characters; add to the network: read { ctc \"%s\"%s }",
            keys.size(),
            file.getFileName(),
            more == 1 ? "; space" : "")
        : String.format(
            Locale.ROOT,
            "the model names %,d characters, but its first output has %,d",
            keys.size(),
            keys.size() + more);
  }
}
