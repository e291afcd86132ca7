package dev.cnnc.compiler.onnx;

import static dev.cnnc.compiler.testing.ModelBuilder.real;
import static dev.cnnc.compiler.testing.ModelBuilder.text;
import static dev.cnnc.compiler.testing.ModelBuilder.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.onnx.translate.OnnxImport;
import dev.cnnc.compiler.testing.ModelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remainders, pieces, sums so far, indices and Einsum, as ONNX Runtime has them. */
class OtherOperatorsTest {

  private static final List<Long> PICTURE = List.of(1L, 4L, 2L, 3L);

  private static final float[] NUMBERS = {
    0f, -0f, 0.5f, -0.5f, 1.5f, -1.5f, //
    3f, 3f, 0.5f, 7.25f, -7.25f, 2f, //
    0.5f, 1f, 0.5f, 1f, 0.25f, -2f, //
    3f, -0f, 0.5000001f, 7f, 0.25f, 2f
  };

  private ModelBuilder builder = new ModelBuilder(13);
  private final List<String> outputs = new ArrayList<>();

  @TempDir private Path folder;

  private void give(String value) {
    outputs.add(builder.node("Cast", whole("to", 1), value));
  }

  private void check(float[] picture, double tolerance) throws Exception {
    Onnx.Model model = builder.model(PICTURE, outputs.toArray(String[]::new));
    new SameAsOnnxRuntime(folder).check(model, picture, tolerance);
  }

  private String reason(String output) {
    return OnnxImport.of(builder.model(PICTURE, output), "n", Map.of(), Map.of())
        .problems()
        .getFirst()
        .reason();
  }

  @Test
  void remainders() throws Exception {
    String divisor = builder.tensor(List.of(3L), 0.75, -2, 3);
    give(builder.node("Mod", whole("fmod", 1), "x", divisor));
    give(builder.node("Mod", whole("fmod", 1), "x", builder.constant(0.1)));
    give(builder.node("Mod", whole("fmod", 1), divisor, builder.node("Exp", "x")));
    String place = builder.node("ArgMax", whole("axis", 1), "x");
    String whole = builder.node("Sub", place, builder.index(2));
    give(builder.node("Mod", whole, builder.index(3)));
    give(builder.node("Mod", whole, builder.index(-3)));
    give(builder.node("Mod", whole("fmod", 1), whole, builder.row(2, 3, -4)));
    check(NUMBERS, 1e-6);
  }

  @Test
  void notNumbers() throws Exception {
    float[] picture = NUMBERS.clone();
    picture[2] = Float.NaN;
    picture[3] = Float.POSITIVE_INFINITY;
    picture[4] = Float.NEGATIVE_INFINITY;
    picture[5] = Float.MAX_VALUE;
    picture[6] = -Float.MAX_VALUE;
    give(builder.node("IsNaN", "x"));
    give(builder.node("IsInf", "x"));
    give(builder.node("IsInf", whole("detect_negative", 0), "x"));
    give(builder.node("IsInf", whole("detect_positive", 0), "x"));
    check(picture, 0);
  }

  @Test
  void shrunk() throws Exception {
    give(builder.node("Shrink", "x"));
    give(builder.node("Shrink", List.of(real("bias", 0.5), real("lambd", 0.5)), "x"));
    give(builder.node("Shrink", List.of(real("bias", 1.25), real("lambd", 0)), "x"));
    check(NUMBERS, 0);
    assertThat(reason(builder.node("Shrink", real("lambd", -1), "x")))
        .isEqualTo("has a lambd of -1.0");
  }

  @Test
  void largest() throws Exception {
    for (int axis = -4; axis < 4; axis++) {
      give(builder.node("Hardmax", whole("axis", axis), "x"));
      for (int most = 0; most < 2; most++) {
        List<Onnx.Attribute> how = List.of(whole("axis", axis), whole("largest", most));
        builder.nodes("TopK", how, 2, "x", builder.row(1)).forEach(this::give);
      }
    }
    check(NUMBERS, 0);
    assertThat(reason(builder.nodes("TopK", List.of(), 2, "x", builder.row(2)).getFirst()))
        .isEqualTo("sorts: it takes 2 of 3 elements");
  }

  @Test
  void hardmaxOfOldModels() throws Exception {
    builder = new ModelBuilder(11);
    for (int axis = 0; axis < 4; axis++) {
      give(builder.node("Hardmax", whole("axis", axis), "x"));
    }
    give(builder.node("Hardmax", "x"));
    check(NUMBERS, 0);
  }

  @Test
  void sums() throws Exception {
    for (int axis = -4; axis < 4; axis++) {
      for (int reverse = 0; reverse < 2; reverse++) {
        for (int exclusive = 0; exclusive < 2; exclusive++) {
          List<Onnx.Attribute> how =
              List.of(whole("reverse", reverse), whole("exclusive", exclusive));
          give(builder.node("CumSum", how, "x", builder.index(axis)));
        }
      }
    }
    give(builder.node("CumSum", "x", builder.row(2)));
    check(NUMBERS, 1e-6);
    outputs.clear();
    float[] infinite = NUMBERS.clone();
    infinite[7] = Float.POSITIVE_INFINITY;
    give(builder.node("CumSum", "x", builder.index(1)));
    check(infinite, 1e-6);
  }

  @Test
  void oneHot() throws Exception {
    String index = builder.node("ArgMax", whole("axis", 1), "x");
    String below = builder.node("Sub", index, builder.index(2));
    String values = builder.tensor(List.of(2L), 0.1, 0.7);
    for (int axis = -1; axis < 4; axis++) {
      give(builder.node("OneHot", whole("axis", axis), index, builder.row(4), values));
    }
    String truths = builder.tensor(List.of(2L), 0, 1);
    give(builder.node("OneHot", below, builder.index(4), truths));
    give(builder.node("OneHot", below, builder.constant(2), truths));
    check(NUMBERS, 0);
  }

  @Test
  void gathered() throws Exception {
    give(builder.node("GatherND", "x", builder.indices(List.of(2L, 2L), 0, 3, 0, -4)));
    give(builder.node("GatherND", "x", builder.indices(List.of(1L, 2L, 3L), 0, 1, 1, 0, 2, 0)));
    give(builder.node("GatherND", "x", builder.row(0, 2, 1, -1)));
    give(
        builder.node(
            "GatherND", whole("batch_dims", 1), "x", builder.indices(List.of(1L, 2L, 1L), 3, 1)));
    check(NUMBERS, 0);
    assertThat(reason(builder.node("GatherND", "x", builder.row(0, 5))))
        .isEqualTo("takes element 5 of 4");
  }

  @Test
  void scattered() throws Exception {
    builder = new ModelBuilder(16);
    String two = builder.node("Slice", "x", builder.row(1), builder.row(3), builder.row(1));
    String negative = builder.node("Neg", two);
    String rows = builder.indices(List.of(1L, 2L, 2L), 0, 2, 0, 3);
    give(builder.node("ScatterND", "x", rows, negative));
    String apart = builder.indices(List.of(1L, 2L, 2L), 0, 3, 0, 0);
    give(builder.node("ScatterND", "x", apart, negative));
    String twice = builder.indices(List.of(1L, 2L, 2L), 0, 1, 0, 1);
    give(builder.node("ScatterND", "x", twice, negative));
    String numbers = builder.tensor(List.of(2L), -1, -2);
    String pixels = builder.indices(List.of(2L, 4L), 0, 1, 1, 1, 0, 1, 1, 2);
    give(builder.node("ScatterND", "x", pixels, numbers));
    String zeros = builder.tensor(List.of(1L, 4L, 2L, 3L), new double[24]);
    give(builder.node("ScatterND", zeros, rows, negative));
    check(NUMBERS, 0);
    String added = builder.node("ScatterND", text("reduction", "add"), "x", rows, negative);
    assertThat(reason(added)).isEqualTo("writes with the reduction add");
  }

  private String einsum(String equation, String... inputs) {
    return builder.node("Einsum", text("equation", equation), inputs);
  }

  @Test
  void equations() throws Exception {
    String other = builder.weights(1, 4, 3, 5);
    String matrix = builder.weights(4, 6);
    String y = builder.node("Neg", "x");
    give(einsum("nchw->nhwc", "x"));
    give(einsum("nchw -> nc", "x"));
    give(einsum("nchw->", "x"));
    give(einsum("nchw,nchw->nchw", "x", y));
    give(einsum("nchw,nchw->nhw", "x", y));
    give(einsum("nchw,nchv->nchwv", "x", y));
    give(einsum("nchw,ncwk->nchk", "x", other));
    give(einsum("nchw,cd->ndhw", "x", matrix));
    give(einsum("cd,nchw->nhwd", matrix, "x"));
    give(einsum("bchw,bcik->bhwik", "x", other));
    give(einsum("nchw,ncwk", "x", other));
    give(einsum("nchw,nchw->", "x", y));
    give(einsum("nchw,h->nchw", "x", builder.weights(2)));
    check(NUMBERS, 2e-5);
    assertThat(reason(einsum("...w->...", "x"))).isEqualTo("has the equation ...w->...");
    assertThat(reason(einsum("nchh->nch", "x"))).isEqualTo("takes a diagonal, nchh");
    assertThat(reason(einsum("nchw,nchw,nchw->n", "x", "x", "x")))
        .isEqualTo("multiplies 3 tensors");
    assertThat(reason(einsum("nchw->nchwq", "x"))).isEqualTo("gives the dimensions nchwq");
  }
}
