package dev.cnnc.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime in its own process.
 *
 * @param jar the library
 * @param folder for files that both processes read and write
 * @param optimised whether it may replace and fuse operators
 */
record OnnxRuntime(Path jar, Path folder, boolean optimised) {

  /**
   * Runs a model once.
   *
   * @param inputs by the names of the model
   * @param shapes of inputs that the model leaves open, such as {@code image=3,224,224}
   * @return all outputs, in the model's order
   * @throws IOException if it fails; the message says why
   */
  Map<String, float[]> run(Path model, List<String> shapes, Map<String, float[]> inputs)
      throws IOException {
    Path input = folder.resolve("input");
    Path result = folder.resolve("result");
    Path said = folder.resolve("said");
    write(inputs, input);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add(OnnxRuntimeMain.class.getName());
    command.add(model.toString());
    command.add(input.toString());
    command.add(result.toString());
    command.add(String.valueOf(optimised));
    command.addAll(shapes);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    // Not an option: ONNX Runtime 1.29 reads the command line of its process by a recursive regex,
    // which overflows the stack from about 4,000 characters on (status 139, no hs_err file).
    String path = jar + File.pathSeparator + System.getProperty("java.class.path");
    builder.environment().put("CLASSPATH", path);
    Process process = builder.start();
    int status = Waiting.forEnd(process);
    if (status != 0) {
      throw new IOException(reason(said, status));
    }
    return read(result);
  }

  /** The exception that ended the process, otherwise its last output. */
  private static String reason(Path said, int status) throws IOException {
    List<String> lines = Files.readAllLines(said);
    return lines.stream()
        .filter(line -> line.startsWith("Exception in thread"))
        .map(line -> line.replaceFirst("^Exception in thread \"main\" ", ""))
        .findFirst()
        .orElseGet(
            () ->
                "it ended with status " + status + (lines.isEmpty() ? "" : ": " + lines.getLast()));
  }

  private static void write(Map<String, float[]> inputs, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(inputs.size());
      for (Map.Entry<String, float[]> input : inputs.entrySet()) {
        out.writeUTF(input.getKey());
        out.writeInt(input.getValue().length);
        for (float number : input.getValue()) {
          out.writeFloat(number);
        }
      }
    }
  }

  /** Numbers by name, as {@link #write} writes them. */
  static Map<String, float[]> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Map<String, float[]> named = new LinkedHashMap<>();
      for (int count = in.readInt(); count > 0; count--) {
        String name = in.readUTF();
        float[] numbers = new float[in.readInt()];
        for (int index = 0; index < numbers.length; index++) {
          numbers[index] = in.readFloat();
        }
        named.put(name, numbers);
      }
      return named;
    }
  }
}
