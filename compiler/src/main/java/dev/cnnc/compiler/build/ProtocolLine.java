package dev.cnnc.compiler.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of both directions: fields between single spaces, each in URL encoding, so that a line
 * is plain ASCII whatever the text and needs no escaping rule of our own on the older Java's side.
 */
final class ProtocolLine {
  private ProtocolLine() {}

  static String join(Object... fields) {
    return Stream.of(fields)
        .map(field -> URLEncoder.encode(field.toString(), UTF_8))
        .collect(Collectors.joining(" "));
  }

  static List<String> split(String line) {
    return Stream.of(line.split(" ", -1)).map(field -> URLDecoder.decode(field, UTF_8)).toList();
  }
}
