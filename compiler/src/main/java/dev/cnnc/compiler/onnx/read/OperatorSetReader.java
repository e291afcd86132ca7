package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;

/** Reads the version of a set of operators. */
final class OperatorSetReader {

  private OperatorSetReader() {}

  static Onnx.OperatorSet read(WireReader in) {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.number()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.whole();
        default -> in.skip();
      }
    }
    return new Onnx.OperatorSet(domain.equals("ai.onnx") ? "" : domain, version);
  }
}
