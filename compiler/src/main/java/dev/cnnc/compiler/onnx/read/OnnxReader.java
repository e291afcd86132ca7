package dev.cnnc.compiler.onnx.read;

import dev.cnnc.compiler.onnx.Onnx;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads ONNX files. Field numbers are those of onnx.proto.
 *
 * <p>Invariant: names of values are defined once, and nodes stand behind those that they read, and
 * the bytes of every tensor exist. The file is mapped, and elements are read on demand.
 */
public final class OnnxReader {

  private static final int OLDEST_FORMAT = 3;
  private static final int NEWEST_FORMAT = 13;

  private final GraphReader graphs;

  private OnnxReader(TensorReader tensors) {
    this.graphs = new GraphReader(tensors, 0);
  }

  /**
   * Reads a model.
   *
   * @throws OnnxException if the file is not a model or is damaged
   * @throws IOException if there is no such file
   */
  public static Onnx.Model read(Path file) throws IOException {
    MemorySegment bytes = map(file);
    if (bytes.byteSize() == 0) {
      throw new OnnxException(file + " is empty");
    }
    ForeignFile.kind(bytes)
        .ifPresent(
            kind -> {
              throw new OnnxException("%s is no ONNX model: it %s".formatted(file, kind));
            });
    Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().getParent());
    return new OnnxReader(new TensorReader(folder))
        .model(new WireReader(bytes, 0, file.toString()));
  }

  /** Reads a file with a single tensor, as in the tests of the standard. */
  public static Onnx.Tensor readTensor(Path file) throws IOException {
    return new TensorReader(Optional.empty()).read(new WireReader(map(file), 0, file.toString()));
  }

  /**
   * What the producer of a model wrote about it, by key. Entries that are no texts are left out:
   * they are no part of the network.
   *
   * @throws IOException if there is no such file
   */
  public static Map<String, String> metadata(Path file) throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    WireReader in = new WireReader(map(file), 0, file.toString());
    while (in.next()) {
      if (in.number() == 14 && in.isPacked()) {
        entry(in.message("metadata"))
            .ifPresent(entry -> metadata.put(entry.getKey(), entry.getValue()));
      } else {
        in.skip();
      }
    }
    return metadata;
  }

  private static Optional<Map.Entry<String, String>> entry(WireReader in) {
    try {
      return Optional.of(EntryReader.read(in));
    } catch (OnnxException _) {
      return Optional.empty();
    }
  }

  private static MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private Onnx.Model model(WireReader in) {
    long format = 0;
    String producer = "";
    String version = "";
    List<Onnx.OperatorSet> operators = new ArrayList<>();
    List<Onnx.Function> functions = new ArrayList<>();
    Optional<Onnx.Graph> graph = Optional.empty();
    while (in.next()) {
      switch (in.number()) {
        case 1 -> format = in.whole();
        case 2 -> producer = in.text();
        case 3 -> version = in.text();
        case 7 -> {
          if (graph.isPresent()) {
            throw in.broken("two graphs");
          }
          graph = Optional.of(graphs.outer(in.message("the graph")));
        }
        case 8 -> operators.add(OperatorSetReader.read(in.message("an operator set")));
        case 25 -> functions.add(graphs.function(in.message("function " + functions.size())));
        default -> in.skip();
      }
    }
    if (graph.isEmpty()) {
      throw in.broken("no graph in it; is it an ONNX file?");
    }
    if (format < OLDEST_FORMAT || format > NEWEST_FORMAT) {
      throw new OnnxException(
          "the file has format version %s; versions %s to %s can be read"
              .formatted(format, OLDEST_FORMAT, NEWEST_FORMAT));
    }
    return new Onnx.Model(format, producer, version, operators, graph.get(), functions);
  }
}
