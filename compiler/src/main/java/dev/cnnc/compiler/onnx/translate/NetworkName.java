package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.lower.ValueNames;

/** Names of imported networks. */
public final class NetworkName {
  private NetworkName() {}

  /** A valid name of a network, after the name of its file. */
  public static String of(String stem) {
    String word = stem.replaceAll("[^A-Za-z0-9_]", "_");
    return word.matches("[A-Za-z_].*") && !ValueNames.isKeyword(word) ? word : "network_" + word;
  }
}
