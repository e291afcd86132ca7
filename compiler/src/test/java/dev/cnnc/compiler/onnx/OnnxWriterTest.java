package dev.cnnc.compiler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Synthetic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a file, as the wire format of protocol buffers and onnx.proto prescribe them. */
class OnnxWriterTest {

  @Test
  void everyFieldHasItsNumberAndKind() throws IOException {
    Onnx.Node node =
        new Onnx.Node(
            "n",
            "Op",
            List.of("x", ""),
            List.of("y"),
            List.of(
                new Onnx.Attribute.Whole("w", -1),
                new Onnx.Attribute.Real("r", 0.5f),
                new Onnx.Attribute.Text("t", "é"),
                new Onnx.Attribute.Wholes("l", List.of(300L, 0L))));
    Onnx.Tensor tensor =
        new Onnx.Tensor("c", Onnx.DataType.INT64, List.of(1L), out -> out.write(new byte[8]));
    Onnx.Model model =
        new Onnx.Model(
            8,
            "p",
            "",
            List.of(new Onnx.OperatorSet("", 17)),
            new Onnx.Graph(
                "g",
                List.of(node),
                List.of(tensor),
                List.of(new Onnx.ValueInfo("x", Onnx.DataType.FLOAT, List.of(1L, 128L))),
                List.of()));
    assertThat(hex(model))
        .isEqualTo(
            String.join(
                    "",
                    "0808", // ir_version 8
                    "120170", // producer_name p
                    "1a00", // producer_version
                    "3a76", // graph, 118 bytes
                    /**/ "0a48", // node, 72 bytes
                    /*  */ "0a0178 0a00", // inputs x and none
                    /*  */ "120179", // output y
                    /*  */ "1a016e 22024f70", // name n, op_type Op
                    /*  */ "2a11 0a0177 18ffffffffffffffffff01 a00102", // w = -1, INT
                    /*  */ "2a0b 0a0172 150000003f a00101", // r = 0.5, FLOAT
                    /*  */ "2a0a 0a0174 2202c3a9 a00103", // t = é, STRING
                    /*  */ "2a0b 0a016c 40ac02 4000 a00107", // l = 300, 0: INTS
                    /**/ "120167", // name g
                    /**/ "2a11 0801 1007 420163 4a08 0000000000000000", // initializer c
                    /**/ "5a14 0a0178 120f 0a0d 0801 1209 0a020801 0a03088001", // input x
                    "4204 0a00 1011") // opset 17
                .replace(" ", ""));
  }

  @Test
  void sizesAreKnownBefore() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      Onnx.Model model = model(seed);
      assertThat(bytes(model)).as("seed " + seed).hasSize((int) OnnxWriter.size(model));
    }
  }

  @Test
  void equalNetworksGiveEqualBytes() throws IOException {
    assertThat(bytes(model(3))).isEqualTo(bytes(model(3)));
  }

  @Test
  void weightsAreThoseOfTheSource() throws IOException {
    GraphBuilder graph = new GraphBuilder(3, 1, 1);
    graph.fc("fc", 0, 2);
    Onnx.Model model =
        OnnxExport.of(CompiledGraph.improved(graph.build(graph.last())), new Synthetic());
    Onnx.Tensor weight = model.graph().initializers().getFirst();
    assertThat(weight.name()).isEqualTo("fc.weight");
    assertThat(weight.dimensions()).containsExactly(2L, 3L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    weight.content().write(out);
    float[] expected = new Synthetic().tensor("fc.weight", List.of(2, 3));
    float[] actual = new float[6];
    ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(actual);
    assertThat(actual).isEqualTo(expected);
  }

  private static Onnx.Model model(long seed) {
    return OnnxExport.of(CompiledGraph.improved(RandomGraphs.of(seed)), new Synthetic());
  }

  private static String hex(Onnx.Model model) throws IOException {
    return HexFormat.of().formatHex(bytes(model));
  }

  private static byte[] bytes(Onnx.Model model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxWriter.write(model, out);
    return out.toByteArray();
  }
}
