package dev.cnnc.compiler.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {

  @TempDir private Path folder;

  static Onnx.Model model(List<Onnx.Node> nodes, List<Onnx.Tensor> tensors) {
    return new Onnx.Model(
        8,
        "p",
        "1",
        List.of(new Onnx.OperatorSet("", 17)),
        new Onnx.Graph(
            "g",
            nodes,
            tensors,
            List.of(new Onnx.ValueInfo("x", Onnx.DataType.FLOAT, List.of(1L, 128L))),
            List.of(new Onnx.ValueInfo("y", Onnx.DataType.FLOAT, List.of(1L)))));
  }

  static Onnx.Node node(String input, String output) {
    return new Onnx.Node(
        "n",
        "Op",
        List.of(input, ""),
        List.of(output),
        List.of(
            new Onnx.Attribute.Whole("w", -1),
            new Onnx.Attribute.Real("r", 0.5f),
            new Onnx.Attribute.Text("t", "é"),
            new Onnx.Attribute.Reals("f", List.of(1f, -2f)),
            new Onnx.Attribute.Wholes("l", List.of(300L, 0L))));
  }

  static Onnx.Tensor tensor(String name) {
    return new Onnx.Tensor(
        name,
        Onnx.DataType.INT64,
        List.of(2L),
        out -> out.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0}));
  }

  static byte[] bytes(Onnx.Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(model, out);
    return out.toByteArray();
  }

  private Onnx.Model read(byte[] bytes) throws IOException {
    return OnnxReader.read(Files.write(folder.resolve("m.onnx"), bytes));
  }

  @Test
  void readsWhatIsWritten() throws IOException {
    Onnx.Model written = model(List.of(node("x", "y")), List.of(tensor("c")));
    Onnx.Model read = read(bytes(written));
    assertThat(read.graph().nodes()).isEqualTo(written.graph().nodes());
    assertThat(read.graph().inputs()).isEqualTo(written.graph().inputs());
    assertThat(read.graph().outputs()).isEqualTo(written.graph().outputs());
    assertThat(read.operatorSets()).isEqualTo(written.operatorSets());
    assertThat(bytes(read)).isEqualTo(bytes(written));
  }

  @Test
  void everyPrefixOfAFileIsRefused() throws IOException {
    byte[] whole = bytes(model(List.of(node("x", "y")), List.of(tensor("c"))));
    // The operator sets come last: without them it is a whole model still.
    for (int length = 0; length < whole.length - 6; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(OnnxException.class);
    }
  }

  @Test
  void circlesAreFound() throws IOException {
    byte[] circle = bytes(model(List.of(node("z", "y"), node("y", "z")), List.of()));
    assertThatThrownBy(() -> read(circle)).hasMessage("node Op n reads its own output");
  }

  @Test
  void tellsWhatAFileIs() {
    Map<String, String> kinds =
        Map.of(
            "version https://git-lfs.github.com/spec/v1", "is a pointer to a file of Git LFS",
            " \n<!DOCTYPE html><html></html>", "is a web page",
            "PK\3\4\0\0", "is a zip archive, as PyTorch writes",
            "\u0080\2}q", "is a pickle, as PyTorch writes",
            "\34\0\0\0TFL3", "is a TensorFlow Lite model",
            "\100\0\0\0\0\0\0\0{\"a\":", "is a safetensors file",
            "../../blobs/c6ed", "is the text of a link to ../../blobs/c6ed");
    kinds.forEach(
        (start, kind) ->
            assertThatThrownBy(() -> read(start.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith(
                    folder.resolve("m.onnx") + " is no ONNX model: it " + kind));
  }

  @Test
  void nodesMayStandInAnyOrder() throws IOException {
    List<Onnx.Node> nodes = List.of(node("z", "y"), node("x", "z"));
    assertThat(read(bytes(model(nodes, List.of()))).graph().nodes()).isEqualTo(nodes.reversed());
  }

  @Test
  void theLastOfTensorsWithOneNameCounts() throws IOException {
    Onnx.Tensor last = new Onnx.Tensor("c", Onnx.DataType.INT64, List.of(0L), _ -> {});
    List<Onnx.Tensor> tensors = List.of(tensor("c"), last);
    Onnx.Model read = read(bytes(model(List.of(node("x", "y")), tensors)));
    assertThat(read.graph().initializers())
        .singleElement()
        .extracting(Onnx.Tensor::dimensions)
        .isEqualTo(List.of(0L));
  }

  @Test
  void aMissingPartIsFound() throws IOException {
    byte[] missing = bytes(model(List.of(node("z", "y")), List.of()));
    assertThatThrownBy(() -> read(missing))
        .hasMessage("node Op n reads z, which nothing defines: a part is missing");
  }

  @Test
  void aValueIsGivenOnce() throws IOException {
    byte[] twice = bytes(model(List.of(node("x", "y"), node("x", "y")), List.of()));
    assertThatThrownBy(() -> read(twice))
        .hasMessage("node Op n defines y, which is already defined");
  }

  @Test
  void hugeShapesAreRefused() {
    // dims 1000000000 and 1000000000, FLOAT, name t
    assertThatThrownBy(() -> elements("08 8094ebdc03 08 8094ebdc03 1001 420174"))
        .isInstanceOf(OnnxException.class)
        .hasMessageContaining("2^31 elements");
  }

  @Test
  void elementsAreCountedAgainstBytes() {
    assertThatThrownBy(() -> elements("0803 1001 420174 4a04 00000000"))
        .hasMessageContaining("tensor t of shape [3] needs 12 bytes, but there are 4");
  }

  @Test
  void lengthsThatLieAreFound() {
    assertThatThrownBy(() -> elements("0801 1001 4a ffffffffffffffff7f"))
        .hasMessageContaining("a length of 9223372036854775807 bytes where 0 are left");
  }

  @Test
  void elementsMayStandInLists() throws IOException {
    assertThat(elements("0802 1001 2208 0000803f 00000040")).isEqualTo("0000803f00000040");
    assertThat(elements("0802 1001 250000803f 2500000040")).isEqualTo("0000803f00000040");
    assertThat(elements("0802 1007 3a02 0103")).isEqualTo("01000000000000000300000000000000");
    assertThat(elements("0801 100a 2a03 80f801")).isEqualTo("007c");
  }

  @Test
  void elementsMayLieInAnotherFile() throws IOException {
    Files.write(folder.resolve("data.bin"), new byte[] {0, 0, 0, 0, 1, 2, 3, 4});
    assertThat(
            elements(
                "0801 1001 6a14 0a086c6f636174696f6e 1208646174612e62696e"
                    + "6a0b 0a066f6666736574 120134"
                    + "7001"))
        .isEqualTo("01020304");
  }

  @Test
  void otherFilesLieInTheModelsFolder() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("secret"));
    Files.write(outside.resolve("data.bin"), new byte[4]);
    Path inside = Files.createDirectories(folder.resolve("model"));
    Files.createSymbolicLink(inside.resolve("link.bin"), outside.resolve("data.bin"));
    for (String location : List.of("../secret/data.bin", "/etc/passwd", "link.bin", "")) {
      assertThatThrownBy(
              () -> new ExternalData(Optional.of(inside), "t").map(Map.of("location", location), 4))
          .as(location)
          .hasMessageContaining("data must be in the folder of the model");
    }
  }

  @Test
  void linksOfADownloadCacheAreFollowed() throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("models--a--b/blobs"));
    Files.write(blobs.resolve("b879"), new byte[4]);
    Path secret = Files.write(folder.resolve("models--a--b/secret"), new byte[4]);
    Path model = Files.createDirectories(folder.resolve("models--a--b/snapshots/9f4b/onnx"));
    Files.createSymbolicLink(model.resolve("data"), Path.of("../../../blobs/b879"));
    Files.createSymbolicLink(model.resolve("out"), secret);
    ExternalData data = new ExternalData(Optional.of(model), "t");
    assertThat(data.map(Map.of("location", "data"), 4).byteSize()).isEqualTo(4);
    for (String location : List.of("out", "../../../blobs/b879")) {
      assertThatThrownBy(() -> data.map(Map.of("location", location), 4))
          .hasMessageContaining("data must be in the folder of the model");
    }
  }

  private void tensor(String hexadecimal, OutputStream out) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
    new TensorReader(Optional.of(folder))
        .read(new WireReader(MemorySegment.ofArray(bytes), 0, "t"))
        .content()
        .write(out);
  }

  private String elements(String hexadecimal) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    tensor(hexadecimal, out);
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
