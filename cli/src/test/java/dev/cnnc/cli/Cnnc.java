package dev.cnnc.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** A command as it ends: its status, and what it said where. */
record Cnnc(int status, String out, String err) {

  static final String EXAMPLES = "../generated-examples/src/main/";
  static final String LENET5 = EXAMPLES + "cnn/lenet5.cnn";
  static final String RESNET20 = EXAMPLES + "cnn/networks/cifar_resnet20.cnn";

  /** Which of these lines appear depends on the speed of the machine. */
  private static final Pattern PROGRESS = Pattern.compile("(?m)^cnnc: .* \\.\\.\\.\\R");

  /** Runs it in this JVM, without colours and without lines of progress. */
  static Cnnc run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine()
            .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
            .setUsageHelpAutoWidth(false)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] texts = new String[arguments.length];
    for (int index = 0; index < texts.length; index++) {
      texts[index] = arguments[index].toString();
    }
    int status = commandLine.execute(texts);
    return new Cnnc(status, out.toString(), PROGRESS.matcher(err.toString()).replaceAll(""));
  }

  /** A file of this text. */
  static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A network that is compiled and run in no time. */
  static Path tiny(Path folder) {
    return file(
        folder,
        "tiny.cnn",
        """
        network tiny
        input x [3, 8, 8]
        weights synthetic
        x -> conv(4, 3x3) -> relu -> gap
        """);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
