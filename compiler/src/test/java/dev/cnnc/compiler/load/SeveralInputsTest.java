package dev.cnnc.compiler.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.compiler.Backend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.lower.Lowering;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.dsl.Parser;
import dev.cnnc.dsl.Source;
import dev.cnnc.runtime.Forks;
import dev.cnnc.runtime.NetworkInstance;
import dev.cnnc.runtime.Picture;
import dev.cnnc.runtime.Prediction;
import dev.cnnc.runtime.Preprocessor;
import dev.cnnc.runtime.Signature;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A class with several inputs takes them in the order of the file, and by name. */
class SeveralInputsTest {
  private static final String TEXT =
      """
      network tilted
      input image [1, 2, 2]
      input class [2] // a word of Java
      input outputs [2]
      preprocess image { scale 1/5 }
      labels ["no", "yes"]
      weighted = image -> gap -> mul(identity, class)
      output score = weighted -> sub(identity, outputs)
      output sum = image -> flatten -> reduce_sum([0])
      """;

  private static final float[] IMAGE = {1, 2, 3, 6};
  private static final float[] CLASS = {2, -1};
  private static final float[] OUTPUT = {0.5f, 1};

  /** 3 * {2, -1} - {0.5, 1}. */
  private static final float[] SCORE = {5.5f, -4};

  private final Backend backend = backend();
  private final NetworkInstance network =
      InMemory.instance(
          backend.java().className(),
          JavaInMemory.compile(backend.java().sources()),
          PackedWeights.of(backend.weights(), new Synthetic()),
          Threads.caller());

  private static Backend backend() {
    Network written =
        Lowering.lower(Parser.parse(new Source("tilted.cnn", TEXT)), Path.of("."))
            .network()
            .orElseThrow();
    return Backend.here(Passes.improved(written));
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void itHasAParameterForEach() throws Exception {
    assertThat(backend.java().network())
        .contains("public float[] run(float[] image, float[] class_, float[] outputs_)")
        .contains("public List<Prediction> classify(Picture image, float[] class_,");
    Method run = method("run", float[].class, float[].class, float[].class);
    assertThat((float[]) run.invoke(network, IMAGE, CLASS, OUTPUT)).containsExactly(SCORE);
    float[] score = new float[2];
    method("run", float[].class, float[].class, float[].class, float[].class)
        .invoke(network, IMAGE, CLASS, OUTPUT, score);
    assertThat(score).containsExactly(SCORE);
    float[][] all = {new float[2], new float[1]};
    method("run", float[].class, float[].class, float[].class, float[][].class)
        .invoke(network, IMAGE, CLASS, OUTPUT, all);
    assertThat(all).isDeepEqualTo(new float[][] {SCORE, {12}});
    assertThat(Arrays.stream(network.getClass().getMethods()).filter(it -> is(it, "run")))
        .as("none takes one input, and none a second array for something else")
        .allMatch(it -> it.getParameterCount() > 2 || it.getDeclaringClass() != network.getClass());
  }

  private static boolean is(Method method, String name) {
    return method.getName().equals(name);
  }

  private Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
    return network.getClass().getMethod(name, parameters);
  }

  @Test
  void itTakesThemByName() {
    Map<String, float[]> outputs =
        network.run(Map.of("outputs", OUTPUT, "class", CLASS, "image", IMAGE));
    assertThat(outputs.keySet()).containsExactly("score", "sum");
    assertThat(outputs.get("score")).containsExactly(SCORE);
    assertThat(outputs.get("sum")).containsExactly(12);
    assertThat(network.signature().inputs())
        .extracting(Signature.Input::name)
        .containsExactly("image", "class", "outputs");
  }

  @Test
  void itPreparesThePicturesOfTheClause() throws Exception {
    byte[] rgb = new byte[12];
    Arrays.fill(rgb, (byte) 15);
    Picture picture = new Picture(rgb, 2, 2);
    assertThat(new Preprocessor(network.signature(), "image").input(picture))
        .containsExactly(3, 3, 3, 3);
    @SuppressWarnings("unchecked") // The text above has the type.
    List<Prediction> predictions =
        (List<Prediction>)
            method("classify", Picture.class, float[].class, float[].class)
                .invoke(network, picture, CLASS, OUTPUT);
    assertThat(predictions).extracting(Prediction::label).containsExactly("no", "yes");
    assertThat(predictions.getFirst().probability())
        .isCloseTo(1 / (1 + Math.exp(-9.5)), within(1e-9));
  }

  @Test
  void itSaysWhatIsWrong() {
    assertThatThrownBy(() -> network.run(Map.of("image", IMAGE, "class", CLASS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tilted: input outputs is missing");
    assertThatThrownBy(() -> network.run(Map.of("image", IMAGE, "clas", CLASS, "outputs", OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tilted has no input clas; its inputs are image, class, outputs");
    assertThatThrownBy(() -> network.run(Map.of("image", IMAGE, "class", IMAGE, "outputs", OUTPUT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tilted: input class is [2, 1, 1], which takes 2 floats, but 4 were given");
    assertThatThrownBy(() -> network.run(new float[][] {IMAGE}, new float[2][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tilted: 3 inputs wanted, 1 given");
    assertThatThrownBy(() -> new Preprocessor(network.signature(), "class"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input class of tilted takes 2 channels, a picture has 1 or 3");
    assertScore(network);
  }

  private static void assertScore(NetworkInstance network) {
    assertThat(network.run(Map.of("outputs", OUTPUT, "class", CLASS, "image", IMAGE)).get("score"))
        .containsExactly(SCORE);
  }

  @Test
  void itWarmsUpAndForks() throws Exception {
    assertThat(network.warm(Duration.ZERO).runs()).isEqualTo(1);
    try (NetworkInstance other = (NetworkInstance) method("fork").invoke(network)) {
      assertScore(other);
    }
    try (Forks<? extends NetworkInstance> forks = InMemory.forks(network, 2)) {
      assertThat(forks.count()).isEqualTo(2);
      forks.forEach(SeveralInputsTest::assertScore);
    }
  }
}
