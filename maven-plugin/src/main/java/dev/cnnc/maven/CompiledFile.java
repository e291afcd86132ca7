package dev.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The result of an earlier build for one {@code .cnn} file.
 *
 * @param packageName the package of its class
 * @param content fingerprint of the file itself, or {@link #FAILED}
 * @param inputs fingerprints of the files that it refers to, by path relative to its folder
 * @param outputs fingerprints of the generated files
 */
record CompiledFile(
    String packageName, String content, Map<String, String> inputs, Map<Path, String> outputs) {
  /** The fingerprint of a file with errors; differs from every real fingerprint. */
  static final String FAILED = "failed";

  CompiledFile {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  CompiledFile failed() {
    return new CompiledFile(packageName, FAILED, inputs, outputs);
  }

  /** Whether compiling again would read the same files and write the same files. */
  boolean isUpToDate(NetworkFile network) throws IOException {
    if (!packageName.equals(network.packageName())
        || !content.equals(Fingerprint.ofFile(network.file()))) {
      return false;
    }
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      Path file = network.file().resolveSibling(input.getKey());
      if (!input.getValue().equals(Fingerprint.ofFile(file))) {
        return false;
      }
    }
    for (Map.Entry<Path, String> output : outputs.entrySet()) {
      if (!output.getValue().equals(Fingerprint.ofFile(output.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
