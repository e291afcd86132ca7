package dev.cnnc.compiler.calibrate;

import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowered;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The networks in whose steps a machine is measured: together they have the kernels of all usual
 * layers, at many sizes. None of their layers is one of a well-known network on purpose, so that
 * the known ones can tell how good predictions are.
 */
enum CalibrationNetwork {
  BOTTLENECKS,
  PLAIN,
  MOBILE,
  BRANCHES,
  GROUPS,
  TOKENS,
  LARGE,
  STRIDES,
  SMALL,
  OTHERS;

  /** Its text, beside this class. */
  String file() {
    return name().toLowerCase(Locale.ROOT) + ".cnn";
  }

  /** The network before any pass. */
  Network network() {
    return read(file());
  }

  private static Network read(String file) {
    try (InputStream in = CalibrationNetwork.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in the jar of the compiler");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Lowered lowered = Lowering.lower(Parser.parse(new Source(file, text)), Path.of(""));
      return lowered
          .network()
          .orElseThrow(() -> new IllegalStateException(file + ": " + lowered.diagnostics()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** All of them, before any pass. */
  static List<Network> all() {
    return Arrays.stream(values()).map(CalibrationNetwork::network).toList();
  }
}
