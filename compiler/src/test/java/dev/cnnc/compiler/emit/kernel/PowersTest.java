package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cnnc.compiler.ir.Activation;
import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.reference.Reference;
import dev.cnnc.compiler.testing.CompiledGraph;
import dev.cnnc.compiler.testing.Fork;
import dev.cnnc.compiler.testing.GraphBuilder;
import dev.cnnc.compiler.testing.Results;
import dev.cnnc.runtime.CompiledNetwork;
import dev.cnnc.runtime.Threads;
import dev.cnnc.runtime.weights.Synthetic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers with a fixed exponent are those of {@link Math#pow}, whatever the number. */
class PowersTest {

  private static final int SIDE = 60;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Math.nextDown(1f),
    -Math.nextUp(1f),
    2f,
    -2f,
    0.5f,
    10f,
    -10f
  };

  /** Of 15 products with a rounding each; the logarithm's power is nearer. */
  private static final double ULPS = 10;

  private static List<Double> exponents() {
    List<Double> exponents = new ArrayList<>();
    for (int twice = -70; twice <= 70; twice++) {
      exponents.add(twice / 2.0);
    }
    exponents.addAll(
        List.of(0.25, 0.3, -0.3, 1.0 / 3, 2.2, -7.1, 99.0, -100.0, 101.5, 1e-9, 1e6, 1000001.0));
    exponents.addAll(List.of(-1e7, 0x1p53, -1e15, 1e300, 1e-40));
    exponents.addAll(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN));
    return exponents;
  }

  @Test
  void areThoseOfMath() {
    float[] picture = picture();
    List<Double> exponents = exponents();
    for (int from = 0; from < exponents.size(); from += 32) {
      check(exponents.subList(from, Math.min(exponents.size(), from + 32)), picture);
    }
  }

  /** What is not a number counts as one: its bits are nobody's promise. */
  @ParameterizedTest
  @ValueSource(strings = {"512", "256", "128", "scalar"})
  void haveTheSameBitsAtEveryWidth(String width, @TempDir Path folder) throws Exception {
    CompiledGraph compiled =
        CompiledGraph.of(
            graph(List.of(0.0, 0.5, 2.5, -0.5, 16.0, 17.0, -3.0, -4.0, 18.0, 0.3, -7.1)), "powers");
    compiled.write(folder, new Synthetic());
    List<String> options =
        List.of("--add-modules=jdk.incubator.vector", "-Ddev.cnnc.simd=" + width);
    Fork fork = Fork.run(options, folder, PowersTest.class, List.of(compiled.className()));
    try (CompiledNetwork network = compiled.load(new Synthetic(), Threads.caller())) {
      assertThat(fork.output()).as(fork.errors()).isEqualTo(bits(network));
    }
  }

  /** Prints what a class on the class path gives. */
  public static void main(String[] arguments) throws Throwable {
    Class<?> type = Class.forName(arguments[0]);
    MethodType load = MethodType.methodType(type, Threads.class);
    try (CompiledNetwork network =
        (CompiledNetwork)
            MethodHandles.publicLookup().findStatic(type, "load", load).invoke(Threads.caller())) {
      System.out.print(bits(network));
    }
  }

  private static String bits(CompiledNetwork network) {
    return Arrays.stream(Results.of(network, picture()))
        .map(result -> Arrays.toString(toBits(result)))
        .collect(Collectors.joining("\n"));
  }

  private static int[] toBits(float[] result) {
    int[] bits = new int[result.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(result[i]);
    }
    return bits;
  }

  private static float[] picture() {
    SplittableRandom random = new SplittableRandom(11);
    float[] picture = new float[SIDE * SIDE];
    for (int i = 0; i < picture.length; i++) {
      picture[i] =
          i < SPECIAL.length
              ? SPECIAL[i]
              : i % 2 == 0
                  ? (float) random.nextDouble(-3, 3)
                  : Float.intBitsToFloat(random.nextInt());
    }
    return picture;
  }

  private static Graph graph(List<Double> exponents) {
    GraphBuilder builder = new GraphBuilder(1, SIDE, SIDE);
    int[] outputs = new int[exponents.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = builder.activate("f" + i, new Activation.Power(exponents.get(i)), 0);
    }
    return builder.build(outputs);
  }

  private static void check(List<Double> exponents, float[] picture) {
    Graph graph = graph(exponents);
    List<double[]> reference = List.copyOf(Reference.run(graph, new Synthetic(), picture).values());
    try (CompiledNetwork network =
        CompiledGraph.of(graph).load(new Synthetic(), Threads.caller())) {
      float[][] powers = Results.of(network, picture);
      for (int i = 0; i < powers.length; i++) {
        for (int j = 0; j < picture.length; j++) {
          double right = Math.pow(picture[j], exponents.get(i));
          if (Double.compare(reference.get(i)[j], right) != 0
              || !isNear(powers[i][j], picture[j], exponents.get(i))) {
            fail(
                "%s ^ %s is %s, not %s; the reference has %s",
                picture[j], exponents.get(i), powers[i][j], right, reference.get(i)[j]);
          }
        }
      }
    }
  }

  private static boolean isNear(float power, float x, double exponent) {
    double right = Math.pow(x, exponent);
    float rounded = (float) right;
    if (Float.compare(power, rounded) == 0) {
      return true;
    }
    double allowed = ULPS * Math.ulp(rounded);
    return Float.isInfinite(rounded)
        ? power * Math.signum(rounded) >= Float.MAX_VALUE * 0.99999
        : Math.abs(power - right) <= allowed
            && Math.copySign(1, power) == Math.copySign(1, rounded);
  }
}
