package dev.cnnc.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --input-shape}, for the commands that read models. */
final class InputShapeOption {

  @Option(
      names = "--input-shape",
      paramLabel = "NAME=SIZES",
      description = "The shape of an input with open dimensions, with or without the batch.")
  private Map<String, String> shapes = Map.of();

  /** The sizes by the names of inputs. */
  Map<String, List<Long>> sizes(CommandSpec spec) {
    Map<String, List<Long>> sizes = new HashMap<>();
    shapes.forEach(
        (name, text) -> {
          if (!text.matches("[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*")) {
            throw new ParameterException(
                spec.commandLine(),
                "--input-shape needs sizes such as image=3,224,224, not " + name + "=" + text);
          }
          sizes.put(name, Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList());
        });
    return sizes;
  }

  /** The options as the user wrote them. */
  List<String> told() {
    return shapes.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }
}
