package dev.cnnc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts processes that measure. Each compiles anew, so results differ between processes.
 *
 * @param flags for their JVM
 */
record ForkProcess(List<String> flags, Settings settings) {

  Measured measure(Path network) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Fork.class.getName());
    command.add(network.toString());
    command.addAll(settings.words());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(network + " could not be measured");
    }
    return text.lines()
        .filter(line -> line.startsWith("{"))
        .findFirst()
        .map(line -> JsonMapper.shared().readValue(line, Measured.class))
        .orElseThrow(() -> new IOException(network + ": nothing was measured"));
  }
}
