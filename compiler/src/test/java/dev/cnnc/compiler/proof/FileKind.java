package dev.cnnc.compiler.proof;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A kind of file that we read.
 *
 * @param pieces what such files are made of
 * @param mostBytes that reading one may allocate, whatever it says
 * @param mended makes checksums fit the bytes again, so that damage is read behind them
 */
record FileKind(
    String name,
    List<byte[]> originals,
    List<byte[]> pieces,
    long mostBytes,
    Mending mended,
    Reading reading) {

  /** Reads a file. */
  interface Reading {
    /**
     * Whether the file is accepted; a refusal has a message for people.
     *
     * @throws Exception that users must not see
     */
    boolean accepts(byte[] file) throws Exception;
  }

  /** Changes checksums. */
  interface Mending {
    byte[] of(byte[] file);
  }

  static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Whether a file of this kind can be shown. */
  boolean isText() {
    return originals.stream()
        .allMatch(file -> new String(file, StandardCharsets.UTF_8).matches("(?s)[\\x09-\\x7E]*"));
  }
}
