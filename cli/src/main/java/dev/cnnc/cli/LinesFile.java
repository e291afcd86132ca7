package dev.cnnc.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The output file of {@code --json-lines}. A run that was interrupted left some lines, and perhaps
 * the beginning of one more, which is cut away.
 */
final class LinesFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final Set<String> done = new HashSet<>();

  private LinesFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens or creates it.
   *
   * @param network whose lines it has
   */
  static LinesFile open(Path path, String network) {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      LinesFile file = new LinesFile(path, channel);
      try {
        if (channel.tryLock() == null) {
          throw new Failure("another run writes " + path + ": choose another file");
        }
        channel.truncate(file.read(network));
        channel.position(channel.size());
        return file;
      } catch (IOException | RuntimeException problem) {
        channel.close();
        throw problem;
      }
    } catch (IOException problem) {
      throw Failure.writing(path, problem);
    }
  }

  /** The pictures that have a line. */
  Set<String> done() {
    return done;
  }

  /** Bytes of the lines that are whole. */
  private long read(String network) throws IOException {
    long whole = 0;
    int number = 1;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          whole += line.size();
          done.add(file(line.toString(StandardCharsets.UTF_8), number++, network));
          line.reset();
        }
      }
    }
    // What is cut away must be the beginning of a line, not somebody's text.
    if (line.size() > 0 && line.toByteArray()[0] != '{') {
      throw foreign(number);
    }
    return whole;
  }

  private String file(String line, int number, String network) {
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
      json.nextToken();
      Optional<String> file = text(json, "file");
      Optional<String> its = text(json, "network");
      if (file.isEmpty() || its.isEmpty()) {
        throw foreign(number);
      }
      if (!its.get().equals(network)) {
        throw new Failure(
            "%s has lines of the network %s, not of %s: choose another file"
                .formatted(path, its.get(), network));
      }
      return file.get();
    } catch (JacksonException e) {
      throw foreign(number);
    }
  }

  private static Optional<String> text(JsonParser json, String name) {
    return name.equals(json.nextName()) && json.nextToken() == JsonToken.VALUE_STRING
        ? Optional.of(json.getString())
        : Optional.empty();
  }

  private Failure foreign(int number) {
    return new Failure(
        "line %s of %s is not of cnnc run --json-lines: choose another file"
            .formatted(number, path));
  }

  /** Appends a line, which is in the file when this returns. */
  void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException problem) {
      throw Failure.writing(path, problem);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException problem) {
      throw Failure.writing(path, problem);
    }
  }
}
