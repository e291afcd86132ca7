package dev.cnnc.maven;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an earlier build made of one {@code .cnn} file.
 *
 * @param packageName the package of its class
 * @param content fingerprint of the file itself, or {@link #FAILED}
 * @param inputs fingerprints of the files that it names, by path relative to its folder
 * @param outputs fingerprints of what was generated
 */
record CompiledFile(
    String packageName, String content, Map<String, String> inputs, Map<Path, String> outputs) {
  /** In place of the fingerprint where compiling ended in an error: equal to no content. */
  static final String FAILED = "failed";

  CompiledFile {
    inputs = Map.copyOf(inputs);
    outputs = Map.copyOf(outputs);
  }

  CompiledFile failed() {
    return new CompiledFile(packageName, FAILED, inputs, outputs);
  }

  /** Whether compiling again would read the same and write the same as what still lies there. */
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
