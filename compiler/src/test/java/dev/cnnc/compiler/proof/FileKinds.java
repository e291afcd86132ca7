package dev.cnnc.compiler.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.Compilation;
import dev.cnnc.compiler.Compiler;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.onnx.OnnxExport;
import dev.cnnc.compiler.onnx.OnnxWriter;
import dev.cnnc.compiler.onnx.read.OnnxException;
import dev.cnnc.compiler.onnx.read.OnnxReader;
import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.ImportedModel;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.dsl.Diagnostic;
import dev.cnnc.dsl.DiagnosticPrinter;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Synthetic;
import dev.cnnc.runtime.weights.TensorSource;
import dev.cnnc.runtime.weights.WeightsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The kinds of files that a compiler reads, and the weights that a class reads.
 *
 * @param folder for the files
 */
record FileKinds(Path folder) {

  private static final int ORIGINALS = 20;
  private static final long MEGABYTE = 1 << 20;

  private static final Path EXAMPLES = Path.of("..", "generated-examples", "src", "main", "cnn");

  /** Its numbers are in the file, as trained ones are; those of a synthetic source are not. */
  private static final TensorSource TRAINED = (name, shape) -> new Synthetic().tensor(name, shape);

  private static final String WITH_LABELS =
      """
      network n
      input image [3, 8, 8]
      weights synthetic
      labels "labels.txt"
      image -> conv(4, 3x3) -> relu -> gap -> fc(5) -> softmax
      """;

  private static final String WITH_TENSORS =
      """
      network n
      input image [3, 2, 2]
      weights "damaged.safetensors"
      image -> c: conv(2, 1x1)
      """;

  /** Between bars. */
  private static final List<String> WORDS =
      List.of(
          ("->|=|:|,|;|(|)|[|]|{|}|*|-|+|/|//|\"|\n|\t|\r\n|#|.|\0|é|\uFEFF|<=|3x3|64k|1e999|0|-1"
                  + "|1e-400|2147483648|9999999999999999999|{index}| * 3| * 999999 |when |then "
                  + "|else |not |block |output |input |x = |pad: same|stride: 0|groups: 3|network "
                  + "|conv(|concat(|identity|channels|bn -> |relu -> |fc(0)|use \"a.cnn\"\n|exact\n"
                  + "|budget { macs 1 }\n|labels [\"a\"]\n|preprocess { resize 1 }\n"
                  + "|segment { argmax }\n")
              .split("\\|"));

  /** Between bars. */
  private static final List<String> JSON =
      List.of(
          ("0|1|9|-|,|:|[|]|{|}|\"|e|a|.| |null|\"F32\"|\"F64\"|\"BF16\"|\"I8\"|[0,0]|[4294967296]"
                  + "|1e9|\\u0000|\"__metadata__\":{}|9999999999999999999")
              .split("\\|"));

  private static final List<byte[]> BYTES =
      List.of(
          new byte[] {0},
          new byte[] {1},
          new byte[] {-1},
          new byte[] {0x0A},
          new byte[] {0x12},
          new byte[] {0x7F, 0x7F},
          new byte[] {-1, -1, -1, -1, 0x0F},
          new byte[8],
          new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
          "Conv".getBytes(StandardCharsets.US_ASCII));

  List<FileKind> all() throws IOException {
    return List.of(networks(), models(), tensors(), weights(), labels());
  }

  private FileKind networks() throws IOException {
    List<byte[]> originals = new ArrayList<>();
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".cnn")).sorted().toList()) {
        if (Files.size(file) < 3000) {
          originals.add(Files.readAllBytes(file));
        }
      }
    }
    for (int seed = 0; seed < ORIGINALS; seed++) {
      originals.addAll(FileKind.bytes(List.of(NetworkProof.text(RandomGraphs.of(seed)))));
    }
    return new FileKind(
        ".cnn",
        originals,
        FileKind.bytes(WORDS),
        512 * MEGABYTE,
        file -> file,
        file -> compiles(Files.write(folder.resolve("damaged.cnn"), file)));
  }

  private FileKind labels() throws IOException {
    Files.writeString(folder.resolve("labelled.cnn"), WITH_LABELS);
    return new FileKind(
        "labels",
        FileKind.bytes(List.of("cat\ndog\nfish\ncow\nbird\n", "a\r\nb\r\nc\r\nd\r\ne\r\n", "1\n2")),
        FileKind.bytes(List.of("\n", "\r", "\u0000", "\uFEFF", "\"", "\\", "é", "\\u000a", "\t")),
        64 * MEGABYTE,
        file -> file,
        file -> {
          Files.write(folder.resolve("labels.txt"), file);
          return compiles(folder.resolve("labelled.cnn"));
        });
  }

  /** A network, or an error that can be shown. */
  private static boolean compiles(Path file) throws IOException {
    return compiled(file, Optional.of(new Network.Weights.Synthetic())).isPresent();
  }

  private static Optional<Compilation.Result> compiled(Path file, Optional<Network.Weights> weights)
      throws IOException {
    Compilation compilation = Compiler.compile(file, "", weights);
    boolean refused =
        compilation.diagnostics().stream()
            .anyMatch(each -> each.severity() == Diagnostic.Severity.ERROR);
    assertThat(compilation.result().isEmpty()).isEqualTo(refused);
    assertThat(DiagnosticPrinter.print(compilation.diagnostics()).isBlank())
        .isEqualTo(compilation.diagnostics().isEmpty());
    return compilation.result();
  }

  private FileKind models() throws IOException {
    List<byte[]> originals = new ArrayList<>();
    for (int seed = 0; seed < ORIGINALS; seed++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      OnnxWriter.write(
          OnnxExport.of(CompiledGraph.improved(RandomGraphs.of(seed)), new Synthetic()), out);
      originals.add(out.toByteArray());
    }
    return new FileKind(".onnx", originals, BYTES, 512 * MEGABYTE, file -> file, this::imports);
  }

  /** Problems, or a file that the compiler accepts. */
  private boolean imports(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.onnx"), bytes);
    try {
      Onnx.Model model = OnnxReader.read(file);
      for (Onnx.Tensor tensor : model.graph().initializers()) {
        tensor.content().write(OutputStream.nullOutputStream());
      }
      OnnxImport.Result result = OnnxImport.of(model, "damaged", Map.of(), Map.of());
      assertThat(result.network().isPresent()).isEqualTo(result.problems().isEmpty());
      if (result.network().isPresent()) {
        ImportedModel.of(model, "damaged", Map.of(), folder, "");
      }
      return result.network().isPresent();
    } catch (OnnxException e) {
      assertThat(e).message().isNotBlank();
      return false;
    }
  }

  private FileKind tensors() throws IOException {
    Path network = Files.writeString(folder.resolve("trained.cnn"), WITH_TENSORS);
    Path file = folder.resolve("damaged.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            new SafetensorsWriter.Tensor("c.weight", List.of(2, 3, 1, 1), () -> new float[6]),
            new SafetensorsWriter.Tensor("c.bias", List.of(2), () -> new float[2])));
    return new FileKind(
        ".safetensors",
        List.of(Files.readAllBytes(file)),
        FileKind.bytes(JSON),
        64 * MEGABYTE,
        bytes -> bytes,
        bytes -> {
          Files.write(file, bytes);
          Optional<Compilation.Result> result = compiled(network, Optional.empty());
          // All tensors are read, which compiling alone does not need.
          result.ifPresent(it -> PackedWeights.of(it.backend().weights(), it.source()));
          return result.isPresent();
        });
  }

  private FileKind weights() throws IOException {
    CompiledGraph compiled = CompiledGraph.of(RandomGraphs.wide(1));
    List<byte[]> originals = new ArrayList<>();
    for (Storage storage : Storage.values()) {
      for (TensorSource source : List.of(TRAINED, new Synthetic())) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        compiled.backend().weights().write(out, source, storage);
        originals.add(out.toByteArray());
      }
    }
    String hash = compiled.backend().weights().hash();
    return new FileKind(
        ".weights",
        originals,
        BYTES,
        64 * MEGABYTE,
        FileKinds::withChecksums,
        file -> {
          try {
            PackedWeights.read(
                new ByteArrayInputStream(file), file.length, "damaged.weights", hash);
            return true;
          } catch (WeightsException e) {
            assertThat(e).message().contains("damaged.weights");
            return false;
          }
        });
  }

  /** Behind the header and at the end, each over all that stands before it. */
  private static byte[] withChecksums(byte[] file) {
    byte[] mended = file.clone();
    ByteBuffer bytes = ByteBuffer.wrap(mended);
    int prefix = 16;
    if (file.length < prefix + 8) {
      return file;
    }
    int header = bytes.getInt(12);
    if (header < 0 || header > file.length - prefix - 8) {
      return file;
    }
    bytes.putInt(prefix + header, checksum(mended, prefix + header));
    bytes.putInt(file.length - 4, checksum(mended, file.length - 4));
    return mended;
  }

  private static int checksum(byte[] bytes, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, end);
    return (int) checksum.getValue();
  }
}
