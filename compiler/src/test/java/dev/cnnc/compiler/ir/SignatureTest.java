package dev.cnnc.compiler.ir;

import static dev.cnnc.compiler.testing.GraphBuilder.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.ir.Op.Reduction;
import dev.cnnc.compiler.testing.RandomGraphs;
import dev.cnnc.runtime.weights.Recipe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shapes that go together, and the words about those that do not. */
class SignatureTest {

  private static final Shape PICTURE = new Shape(4, 6, 5);

  @Test
  void everyOpOfRandomGraphsHasTheShapeThatTheyHave() {
    for (long seed = 0; seed < 200; seed++) {
      assertThat(GraphVerifier.verify(RandomGraphs.of(seed))).isNotNull();
    }
  }

  @Test
  void inputsAreCounted() {
    assertThat(problem(new Op.Activate(new Activation.Relu()), PICTURE, PICTURE))
        .isEqualTo("needs 1 input, but has 2");
    assertThat(problem(new Op.Add(), PICTURE)).isEqualTo("needs 2 inputs, but has 1");
    assertThat(problem(new Op.Learned(stored("x", 3)), PICTURE))
        .isEqualTo("needs 0 inputs, but has 1");
    assertThat(problem(conv(4, Epilogue.NONE, 4, 4, 3, 3), PICTURE, PICTURE))
        .isEqualTo("needs 1 input, but has 2");
    assertThat(problem(conv(4, new Epilogue(true, new Activation.Relu()), 4, 4, 3, 3), PICTURE))
        .isEqualTo("needs 2 inputs, but has 1");
  }

  @Test
  void parametersFitTheirInput() {
    assertThat(problem(conv(4, Epilogue.NONE, 4, 5, 3, 3), PICTURE))
        .isEqualTo("needs a weight of [4, 4, 3, 3], but has [4, 5, 3, 3]");
    assertThat(
            problem(
                new Op.Fc(2, stored("w", 2, 120), Optional.of(stored("b", 3)), Epilogue.NONE),
                PICTURE))
        .isEqualTo("needs a bias of [2], but has [3]");
    assertThat(shape(conv(2, Window.of(1, 1), stored("w", 2, 4)), PICTURE))
        .isEqualTo(new Shape(2, 6, 5));
    assertThat(problem(conv(2, Window.of(1, 2), stored("w", 2, 4)), PICTURE))
        .isEqualTo("needs a weight of [2, 4, 1, 2], but has [2, 4]");
    assertThat(problem(new Op.Scale(stored("f", 4), stored("s", 5)), PICTURE))
        .isEqualTo("needs tensors of [4], but has [5]");
    assertThat(problem(new Op.Prelu(stored("p", 2)), PICTURE))
        .isEqualTo("needs tensors of [4], but has [2]");
    assertThat(shape(new Op.Prelu(stored("p", 1)), PICTURE)).isEqualTo(PICTURE);
    assertThat(problem(new Op.Learned(stored("t", 1, 2, 3, 4))))
        .isEqualTo("needs a shape of one to three sides: [channels, height, width]");
    assertThat(shape(new Op.Learned(stored("t", 7)))).isEqualTo(Shape.vector(7));
  }

  @Test
  void aResidualHasTheOutputsShape() {
    Op conv = conv(4, new Epilogue(true, new Activation.Identity()), 4, 4, 3, 3);
    assertThat(shape(conv, PICTURE, new Shape(4, 4, 3))).isEqualTo(new Shape(4, 4, 3));
    assertThat(problem(conv, PICTURE, PICTURE))
        .isEqualTo("gives [4, 4, 3], but its residual is [4, 6, 5]");
  }

  @Test
  void productsRepeatOnePixelOnly() {
    Op multiply = new Op.Multiply();
    assertThat(shape(multiply, Shape.vector(4), PICTURE, Shape.vector(4))).isEqualTo(PICTURE);
    assertThat(shape(multiply, Shape.vector(4), Shape.vector(4))).isEqualTo(Shape.vector(4));
    assertThat(problem(multiply, PICTURE, Shape.vector(1)))
        .startsWith("needs equal shapes or one pixel of as many channels");
    assertThat(problem(multiply, PICTURE, new Shape(4, 6, 1))).isNotEmpty();
  }

  @Test
  void poolsNeverSeeNothingButPadding() {
    assertThat(shape(pool(3, 1, new Padding(2, 2, 2, 2)), PICTURE)).isEqualTo(new Shape(4, 8, 7));
    assertThat(problem(pool(3, 1, new Padding(0, 0, 3, 0)), PICTURE))
        .isEqualTo("has a window that sees nothing but padding");
    assertThat(problem(pool(2, 2, new Padding(1, 1, 1, 1)), new Shape(1, 1, 1)))
        .isEqualTo("has a window that sees nothing but padding");
  }

  @Test
  void nothingOverflows() {
    Shape large = new Shape(1, 46340, 46340);
    assertThat(problem(new Op.Concat(), large, large))
        .isEqualTo("gives [2, 46340, 46340]: a value has at most 2,147,483,647 elements");
    assertThat(problem(new Op.Upsample(65536, 65536), Shape.vector(1))).contains("at most");
    assertThat(problem(pool(1 << 30, 1, Padding.NONE), PICTURE)).contains("1,073,741,824");
    assertThat(problem(pool(2, Integer.MAX_VALUE, Padding.NONE), PICTURE))
        .contains("1,073,741,824");
    Padding wide = Padding.all(Integer.MAX_VALUE);
    assertThat(problem(new Op.Pad(0, 0, wide), PICTURE)).contains("at most");
  }

  @Test
  void slicesAndLayersOfOtherRangesAreRefused() {
    assertThat(problem(new Op.Slice(2, 2), PICTURE))
        .isEqualTo("cannot take channels 2 up to 2 of 4");
    assertThat(problem(new Op.LocalResponseNorm(0, 1, 1, 1), PICTURE))
        .isEqualTo("needs a size of 1 or more");
  }

  @Test
  void cropsStayInside() {
    assertThat(shape(new Op.Crop(2, 1, 4, 3), PICTURE)).isEqualTo(new Shape(4, 4, 3));
    assertThat(problem(new Op.Crop(3, 1, 4, 3), PICTURE))
        .isEqualTo("cannot cut 4x3 pixels at row 3, column 1 out of 6x5");
    assertThat(problem(new Op.Crop(0, Integer.MAX_VALUE, 1, 1), PICTURE)).startsWith("cannot cut");
  }

  @Test
  void tokensAreOneRow() {
    Op tokens = new Op.Tokens();
    assertThat(shape(tokens, PICTURE)).isEqualTo(new Shape(4, 1, 30));
    assertThat(shape(tokens, Shape.vector(4), PICTURE, new Shape(4, 2, 2)))
        .isEqualTo(new Shape(4, 1, 35));
    assertThat(problem(tokens, PICTURE, Shape.vector(5)))
        .isEqualTo("needs pixels of equal channels, but its branches give [4, 6, 5] and [5]");
  }

  @Test
  void groupsAndHeadsDivideChannels() {
    assertThat(shape(new Op.Shuffle(2), PICTURE)).isEqualTo(PICTURE);
    assertThat(problem(new Op.Shuffle(3), PICTURE))
        .isEqualTo("cannot deal 4 channels out by groups: 3");
    assertThat(shape(new Op.Attention(2), new Shape(12, 2, 3))).isEqualTo(new Shape(4, 2, 3));
    assertThat(problem(new Op.Attention(2), new Shape(9, 1, 7)))
        .isEqualTo("cannot split 9 channels into queries, keys and values of 2 heads");
  }

  @Test
  void layerNormHasAWeightAndABiasAChannel() {
    assertThat(shape(new Op.LayerNorm(stored("w", 4), stored("b", 4), 0), PICTURE))
        .isEqualTo(PICTURE);
    assertThat(problem(new Op.LayerNorm(stored("w", 4), stored("b", 5), 0), PICTURE))
        .isEqualTo("needs tensors of [4], but has [5]");
    assertThat(problem(new Op.LayerNorm(stored("w", 4), stored("b", 4), -1), PICTURE))
        .isEqualTo("needs an eps of 0 or more");
  }

  private static Op conv(int filters, Epilogue epilogue, Integer... weight) {
    return new Op.Conv(
        filters, Window.of(3, 3), 1, stored("w", weight), Optional.empty(), epilogue);
  }

  private static Op conv(int filters, Window window, Recipe weight) {
    return new Op.Conv(filters, window, 1, weight, Optional.empty(), Epilogue.NONE);
  }

  private static Op pool(int size, int dilation, Padding padding) {
    Window window = new Window(size, size, 1, 1, dilation, dilation, padding);
    return new Op.Pool(Reduction.MAX, window, false, false);
  }

  private static Shape shape(Op op, Shape... inputs) {
    return switch (Signature.of(op, List.of(inputs))) {
      case Signature.Result.Fits(Shape shape) -> shape;
      case Signature.Result.Problem(String message, _) -> throw new AssertionError(message);
    };
  }

  private static String problem(Op op, Shape... inputs) {
    return switch (Signature.of(op, List.of(inputs))) {
      case Signature.Result.Fits(Shape shape) -> throw new AssertionError("it fits: " + shape);
      case Signature.Result.Problem(String message, _) -> message;
    };
  }
}
