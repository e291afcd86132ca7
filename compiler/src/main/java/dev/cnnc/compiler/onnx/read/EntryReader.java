package dev.cnnc.compiler.onnx.read;

import java.util.Map;

/** Reads a key and its value: a StringStringEntryProto of onnx.proto. */
final class EntryReader {

  private EntryReader() {}

  static Map.Entry<String, String> read(WireReader in) {
    String key = "";
    String value = "";
    while (in.next()) {
      switch (in.number()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    return Map.entry(key, value);
  }
}
