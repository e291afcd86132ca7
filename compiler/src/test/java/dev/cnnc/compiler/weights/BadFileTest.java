package dev.cnnc.compiler.weights;

import static dev.cnnc.compiler.weights.HandmadeFile.header;
import static dev.cnnc.compiler.weights.HandmadeFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.Source;
import dev.cnnc.dsl.Span;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every complaint has its number, its exact text and its cure. */
class BadFileTest {

  private static final String WHOLE = "is it a safetensors file, and all of it?";

  @TempDir private Path folder;
  private HandmadeFile handmade;

  @BeforeEach
  void start() {
    handmade = new HandmadeFile(folder);
  }

  private void assertRefused(Path file, String code, String message) {
    assertRefused(() -> Safetensors.open(file), code, message, Optional.of(WHOLE));
  }

  private void assertRefused(
      ThrowingCallable reading, String code, String message, Optional<String> help) {
    SafetensorsException refused = catchThrowableOfType(SafetensorsException.class, reading);
    assertThat(refused).as("nothing was wrong with it").isNotNull();
    Diagnostic diagnostic = refused.diagnostic();
    assertThat(diagnostic.code()).isEqualTo(code);
    assertThat(diagnostic.severity()).isEqualTo(Diagnostic.Severity.ERROR);
    String path = folder + folder.getFileSystem().getSeparator();
    assertThat(diagnostic.message().replace(path, "")).isEqualTo(message);
    assertThat(diagnostic.help()).isEqualTo(help);
  }

  @Test
  void e301MissingFile() {
    assertRefused(
        () -> Safetensors.open(folder.resolve("net.safetensors")),
        "E301",
        "cannot read the weights file net.safetensors: it does not exist",
        Optional.empty());
  }

  @Test
  void e301Directory() {
    assertRefused(
        () -> Safetensors.open(folder.resolve(".")),
        "E301",
        "cannot read the weights file .: it is a directory",
        Optional.empty());
  }

  @Test
  void e302PyTorchZip() {
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0};
    assertRefused(
        () -> Safetensors.open(handmade.bytes(ByteBuffer.wrap(zip))),
        "E302",
        "net.safetensors is a zip archive, as PyTorch writes them, not a safetensors file",
        Optional.of(
            """
            convert it in Python:
               import torch, safetensors.torch
               state = torch.load("net.safetensors", map_location="cpu", weights_only=True)
               safetensors.torch.save_file({k: v.contiguous() for k, v in state.items()}, \
            "net.converted.safetensors")\
            """));
  }

  @Test
  void e302PyTorchPickle() {
    byte[] pickle = {
      (byte) 0x80, 2, (byte) 0x8A, 10, 'l', (byte) 0xFC, (byte) 0x9C, 'F', (byte) 0xF9
    };
    SafetensorsException refused =
        catchThrowableOfType(
            SafetensorsException.class,
            () -> Safetensors.open(handmade.bytes(ByteBuffer.wrap(pickle))));
    assertThat(refused.diagnostic().code()).isEqualTo("E302");
    assertThat(refused)
        .hasMessageEndingWith("is a pickle, as PyTorch writes them, not a safetensors file");
  }

  @Test
  void e303EmptyOrShortFile() {
    assertRefused(
        handmade.bytes(ByteBuffer.allocate(0)),
        "E303",
        "net.safetensors has 0 bytes, which is too short for a weights file");
    assertRefused(
        handmade.bytes(ByteBuffer.allocate(7)),
        "E303",
        "net.safetensors has 7 bytes, which is too short for a weights file");
  }

  @Test
  void e304LengthThatLies() {
    assertRefused(
        handmade.of(3, new byte[2], new byte[0]),
        "E304",
        "net.safetensors says that its header has 3 bytes, but there are 2");
    assertRefused(
        handmade.of(Long.MIN_VALUE, new byte[0], new byte[9]),
        "E304",
        "net.safetensors says that its header has 9223372036854775808 bytes, but there are 9");
    assertRefused(
        handmade.of(-1, new byte[0], new byte[9]),
        "E304",
        "net.safetensors says that its header has 18446744073709551615 bytes, but there are 9");
  }

  @Test
  void e304EndlessHeader() throws IOException {
    Path file = handmade.of(100_000_001, new byte[0], new byte[0]);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(200_000_000);
    }
    assertRefused(
        file, "E304", "the header of net.safetensors has 100000001 bytes: 100 MB are too many");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| it is no object",
        "{ | no JSON at byte 1",
        "{'a' | no JSON at byte 4",
        "[] | it is no object",
        "7 | it is no object",
        "{} {} | something follows its closing brace",
        "{'a':7} | a is no object",
        "{'a':{}} | a needs one dtype, one shape and one data_offsets",
        "{'a':{'dtype':'U8','shape':[],'shape':[],'data_offsets':[0,1]}} "
            + "| a needs one dtype, one shape and one data_offsets",
        "{'a':{'dtype':7}} | the dtype of a is no text",
        "{'a':{'shape':7}} | the shape of a is no list",
        "{'a':{'shape':[1.0]}} | the shape of a has no whole number",
        "{'a':{'shape':['1']}} | the shape of a has no whole number",
        "{'a':{'shape':[[1]]}} | the shape of a has no whole number",
        "{'a':{'shape':[9223372036854775808]}} | the shape of a has the number 9223372036854775808",
        "{'a':{'data_offsets':[0,18446744073709551615]}} "
            + "| the data_offsets of a has the number 18446744073709551615",
        "{'a':{'dtype':'U8','shape':[],'data_offsets':[0]}} | the data_offsets of a are not two",
      })
  void e305MalformedHeader(String headerAndText) {
    int bar = headerAndText.indexOf('|');
    String header = headerAndText.substring(0, bar).strip().replace('\'', '"');
    assertRefused(
        handmade.of(header, 0),
        "E305",
        "the header of net.safetensors is malformed: " + headerAndText.substring(bar + 2));
  }

  @Test
  void e305ListWithoutEnd() {
    assertRefused(
        handmade.of(header(tensor("a", "U8", "[1" + ",1".repeat(64) + "]", "[0,1]")), 1),
        "E305",
        "the header of net.safetensors is malformed: the shape of a is longer than 64");
  }

  @Test
  void e305DeepNesting() {
    assertRefused(
        handmade.of("{\"__metadata__\":" + "[".repeat(100_000), 0),
        "E305",
        "the header of net.safetensors is malformed: its brackets are nested too deep or its"
            + " numbers are too long");
  }

  @Test
  void e305LongNumber() {
    assertRefused(
        handmade.of(header(tensor("a", "U8", "[" + "1".repeat(5000) + "]", "[0,1]")), 1),
        "E305",
        "the header of net.safetensors is malformed: its brackets are nested too deep or its"
            + " numbers are too long");
  }

  @Test
  void e306TwoOfOneName() {
    String one = tensor("conv1.weight", "U8", "[]", "[0,1]");
    assertRefused(
        () -> Safetensors.open(handmade.of(header(one, one), 1)),
        "E306",
        "net.safetensors has two tensors called conv1.weight",
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2] [0,7] has the shape [2] of F32, but 7 bytes",
        "[] [0,8] has the shape [] of F32, but 8 bytes",
        "[4294967296,4294967296] [0,8] has the shape [4294967296, 4294967296] of F32, but 8 bytes",
        "[9223372036854775807] [0,8] has the shape [9223372036854775807] of F32, but 8 bytes",
        "[-1,-2] [0,8] cannot have the shape [-1, -2]",
        "[2] [-8,0] cannot lie from byte -8 to byte 0",
        "[2] [8,0] cannot lie from byte 8 to byte 0",
        "[2] [-9223372036854775808,9223372036854775807] "
            + "cannot lie from byte -9223372036854775808 to byte 9223372036854775807",
      })
  void e307ImpossibleTensor(String shapeOffsetsAndText) {
    String[] parts = shapeOffsetsAndText.split(" ", 3);
    assertRefused(
        () -> Safetensors.open(handmade.of(header(tensor("a", "F32", parts[0], parts[1])), 8)),
        "E307",
        "tensor a of net.safetensors " + parts[2],
        Optional.empty());
  }

  @Test
  void e308TruncatedFile() {
    assertRefused(
        handmade.of(
            header(tensor("a", "F32", "[2]", "[0,8]"), tensor("b", "F32", "[2]", "[8,16]")), 12),
        "E308",
        "net.safetensors is damaged: tensor b ends at byte 16 of 12");
    assertRefused(
        handmade.of(
            header(tensor("a", "U8", "[9223372036854775807]", "[0,9223372036854775807]")), 9),
        "E308",
        "net.safetensors is damaged: tensor a ends at byte 9223372036854775807 of 9");
  }

  @Test
  void e308Overlap() {
    assertRefused(
        handmade.of(
            header(tensor("a", "F32", "[2]", "[0,8]"), tensor("b", "F32", "[2]", "[4,12]")), 12),
        "E308",
        "net.safetensors is damaged: tensor b overlaps another");
  }

  @Test
  void e308Holes() {
    assertRefused(
        handmade.of(
            header(tensor("a", "F32", "[1]", "[0,4]"), tensor("b", "F32", "[1]", "[8,12]")), 12),
        "E308",
        "net.safetensors is damaged: bytes 4 to 8 belong to no tensor");
    assertRefused(
        handmade.of(header(tensor("a", "F32", "[1]", "[0,4]")), 5),
        "E308",
        "net.safetensors is damaged: bytes 4 to 5 belong to no tensor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F64", "I64", "U64", "FUTURE"})
  void e309TypeThatNoLayerCanUse(String type) {
    Path file = handmade.of(header(tensor("a", type, "[1]", "[0,8]")), 8);
    assertRefused(
        () -> Safetensors.open(file).tensor("a", List.of(1)),
        "E309",
        "tensor a of net.safetensors has elements of type %s, which no layer can use"
            .formatted(type),
        Optional.of("convert it to F32, F16 or BF16"));
  }

  @Test
  void e310NotFinite() {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(Float.NaN).putFloat(2).putFloat(Float.NEGATIVE_INFINITY);
    Path file = handmade.of(header(tensor("a", "F32", "[4]", "[0,16]")), data.array());
    assertRefused(
        () -> Safetensors.open(file).tensor("a", List.of(4)),
        "E310",
        "tensor a of net.safetensors has 1 element that is not finite, first at index 1",
        Optional.empty());
  }

  @Test
  void masksAreInfinite() {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1).putFloat(Float.NEGATIVE_INFINITY);
    Path file = handmade.of(header(tensor("a", "F32", "[2]", "[0,8]")), data.array());
    assertThat(Safetensors.open(file).tensor("a", List.of(2)))
        .containsExactly(1, Float.NEGATIVE_INFINITY);
  }

  @Test
  void e311And312WithoutALayer() {
    Safetensors file = Safetensors.open(handmade.of(header(tensor("a", "F32", "[1]", "[0,4]")), 4));
    assertRefused(
        () -> file.tensor("b", List.of(1)),
        "E311",
        "net.safetensors has no tensor b",
        Optional.empty());
    assertRefused(
        () -> file.tensor("a", List.of(1, 1)),
        "E312",
        "tensor a of net.safetensors is [1], not [1, 1]",
        Optional.empty());
  }

  @Test
  void aFileThatBecameShorterIsNoSurprise() {
    Safetensors file = Safetensors.open(handmade.of(header(tensor("a", "F32", "[1]", "[0,4]")), 4));
    handmade.bytes(ByteBuffer.wrap("short".getBytes(StandardCharsets.UTF_8)));
    assertRefused(
        () -> file.tensor("a", List.of(1)),
        "E301",
        "cannot read the weights file net.safetensors: it ends too early",
        Optional.empty());
  }

  @Test
  void complaintsPointWhereTheFileIsNamed() {
    Span clause = new Span(new Source("net.cnn", "weights \"a\""), 8, 11);
    Path file = folder.resolve("net.safetensors");
    SafetensorsException refused =
        catchThrowableOfType(
            SafetensorsException.class, () -> Safetensors.open(file, Optional.of(clause)));
    assertThat(refused.diagnostic().span()).contains(clause);
  }
}
