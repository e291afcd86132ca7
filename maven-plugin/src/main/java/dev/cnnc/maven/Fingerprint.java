package dev.cnnc.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Identifies contents by their SHA-256; a time stamp proves nothing after a checkout or a copy. */
final class Fingerprint {
  private static final String MISSING = "missing";

  private Fingerprint() {}

  /** The fingerprint of a file; a missing file has one too, because it may appear later. */
  static String ofFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MISSING;
    }
    MessageDigest digest = sha256();
    add(digest, file);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The fingerprint of a class path of jars and, inside a reactor, folders. */
  static String ofClassPath(Collection<Path> entries) throws IOException {
    MessageDigest digest = sha256();
    for (Path entry : entries) {
      try (Stream<Path> walk = Files.walk(entry)) {
        for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(entry.relativize(file).toString().getBytes(UTF_8));
          add(digest, file);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream input = Files.newInputStream(file)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
