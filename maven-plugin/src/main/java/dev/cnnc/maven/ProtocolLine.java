package dev.cnnc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields separated by single spaces, each URL-encoded. The compiler's process has the same class,
 * but this plugin runs on an older Java and cannot load it.
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
