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
record ForkProcess(List<String> flags, Settings settings, InputShapes shapes) {

  /**
   * Measures once.
   *
   * @throws Refused if an engine cannot run the network; a process that fails is told so too
   */
  Measured measure(Path network) throws IOException, InterruptedException, Refused {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.add(Fork.class.getName());
    command.add(network.toString());
    command.addAll(settings.words());
    command.addAll(shapes.words());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // ONNX Runtime 1.29 overflows the stack of a process with a long command line.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    String text;
    try (InputStream out = process.getInputStream()) {
      text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    int status = process.waitFor();
    return result(text, status);
  }

  /** What a process printed. */
  static Measured result(String text, int status) throws Refused {
    for (String line : text.lines().toList()) {
      if (line.startsWith("{")) {
        return JsonMapper.shared().readValue(line, Measured.class);
      }
      if (line.startsWith(Fork.REFUSED)) {
        throw new Refused(line.substring(Fork.REFUSED.length()));
      }
    }
    throw new Refused("the process ended with status %s, without a result".formatted(status));
  }
}
