package dev.cnnc.compiler.onnx.read;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Kinds of files that are taken for models, by their first bytes.
 *
 * @param offset of the bytes in the file
 * @param start the bytes as Latin-1, in lower case
 * @param kind what the file is, and what to do
 */
record ForeignFile(int offset, String start, String kind) {

  private static final String TORCH =
      "as PyTorch writes; export the model with torch.onnx.export in Python";

  private static final List<ForeignFile> KINDS =
      List.of(
          new ForeignFile(
              0,
              "version https://git-lfs",
              "is a pointer to a file of Git LFS, not the file; fetch it with git lfs pull"),
          new ForeignFile(0, "<!doctype", "is a web page; download the file itself"),
          new ForeignFile(0, "<html", "is a web page; download the file itself"),
          new ForeignFile(0, "<?xml", "is XML, perhaps of OpenVINO or an error of a server"),
          new ForeignFile(0, "pk\3\4", "is a zip archive, " + TORCH),
          new ForeignFile(0, "\u0080\2", "is a pickle, " + TORCH),
          new ForeignFile(0, "\u0080\4", "is a pickle, " + TORCH),
          new ForeignFile(4, "tfl3", "is a TensorFlow Lite model; convert it with tf2onnx"),
          new ForeignFile(4, "ortm", "is in ONNX Runtime's own format; take the .onnx file"),
          new ForeignFile(0, "\u0089hdf", "is HDF5, as Keras writes; convert it with tf2onnx"),
          new ForeignFile(0, "gguf", "is a GGUF file, which has weights but no graph"),
          new ForeignFile(8, "{\"", "is a safetensors file, which has weights but no graph"),
          new ForeignFile(0, "\u001f\u008b", "is compressed by gzip; unpack it first"));

  private static final int LOOKED_AT = 64;

  /** Longest text of a link that was copied as a file. */
  private static final int LONGEST_LINK = 1024;

  /** What a file is, if it is one of these kinds. */
  static Optional<String> kind(MemorySegment bytes) {
    String start = text(bytes, LOOKED_AT).toLowerCase(Locale.ROOT).stripLeading();
    String exact = text(bytes, LOOKED_AT).toLowerCase(Locale.ROOT);
    for (ForeignFile each : KINDS) {
      if (exact.startsWith(each.start, each.offset) || start.startsWith(each.start, each.offset)) {
        return Optional.of(each.kind);
      }
    }
    String whole = bytes.byteSize() > LONGEST_LINK ? "" : text(bytes, LONGEST_LINK).strip();
    return whole.matches("[ -~]*/[ -~]*")
        ? Optional.of("is the text of a link to %s; give that file".formatted(whole))
        : Optional.empty();
  }

  private static String text(MemorySegment bytes, int most) {
    byte[] start =
        bytes.asSlice(0, Math.min(most, bytes.byteSize())).toArray(ValueLayout.JAVA_BYTE);
    return new String(start, StandardCharsets.ISO_8859_1);
  }
}
