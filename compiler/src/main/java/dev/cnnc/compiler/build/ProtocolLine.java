package dev.cnnc.compiler.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The format of both directions: fields separated by single spaces, each URL-encoded. So a line is
 * plain ASCII for every text, and the plugin on the older Java needs no escaping rule of its own.
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
