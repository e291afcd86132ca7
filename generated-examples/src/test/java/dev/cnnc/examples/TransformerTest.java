package dev.cnnc.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cnnc.runtime.weights.Synthetic;
import inputs.Transformer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transformer of the examples and the formulas of its paper, written down a second time. */
class TransformerTest {
  private static final int WORDS = 96;
  private static final int WIDE = 64;
  private static final int HEADS = 4;
  private static final int SOURCE = 12;
  private static final int TARGET = 10;

  /** What a score gets where a word may not look. */
  private static final float HIDDEN = -1e9f;

  private static final Synthetic WEIGHTS = new Synthetic();

  private final int[] source = {5, 80, 33, 2, 2, 61, 90, 17, 0, 44, 95, 95};
  private final int[] target = {1, 70, 12, 12, 35, 88, 3, 59, 26, 9};

  /** The last two words are padding. */
  private final float[] padding = new float[SOURCE];

  private final float[] causal = new float[TARGET * TARGET];

  TransformerTest() {
    Arrays.fill(padding, SOURCE - 2, SOURCE, HIDDEN);
    for (int word = 0; word < TARGET; word++) {
      Arrays.fill(causal, word * TARGET + word + 1, (word + 1) * TARGET, HIDDEN);
    }
  }

  @Test
  void itComputesTheFormulasOfThePaper() {
    double[][] expected = decoded(encoded());
    try (Transformer network = Transformer.load()) {
      float[] actual = run(network);
      for (int word = 0; word < TARGET; word++) {
        double sum = 0;
        for (int each = 0; each < WORDS; each++) {
          float probability = actual[each * TARGET + word];
          assertThat((double) probability).isCloseTo(expected[word][each], within(2e-4));
          sum += Math.exp(probability);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void noWordSeesWhatIsHidden() {
    try (Transformer network = Transformer.load()) {
      float[] before = run(network);
      source[SOURCE - 1] = 7;
      target[TARGET - 3] = 8;
      float[] after = run(network);
      for (int word = 0; word < TARGET; word++) {
        boolean same = true;
        for (int each = 0; each < WORDS; each++) {
          same &= before[each * TARGET + word] == after[each * TARGET + word];
        }
        assertThat(same).as("word %d", word).isEqualTo(word < TARGET - 3);
      }
    }
  }

  private float[] run(Transformer network) {
    return network.run(oneHot(source), oneHot(target), padding, causal);
  }

  private static float[] oneHot(int[] words) {
    float[] values = new float[WORDS * words.length];
    for (int place = 0; place < words.length; place++) {
      values[words[place] * words.length + place] = 1;
    }
    return values;
  }

  private double[][] encoded() {
    double[][] x = embedded("source", source);
    for (int layer = 0; layer < 2; layer++) {
      String name = "encoder." + layer;
      x = norm(name + ".norm1", sum(x, attention(name + ".self", x, x, (_, key) -> padding[key])));
      x = norm(name + ".norm2", sum(x, feed(name + ".feed", x)));
    }
    return x;
  }

  private double[][] decoded(double[][] memory) {
    double[][] x = embedded("target", target);
    for (int layer = 0; layer < 2; layer++) {
      String name = "decoder." + layer;
      Mask before = (query, key) -> causal[query * TARGET + key];
      x = norm(name + ".norm1", sum(x, attention(name + ".self", x, x, before)));
      double[][] seen = attention(name + ".cross", x, memory, (_, key) -> padding[key]);
      x = norm(name + ".norm2", sum(x, seen));
      x = norm(name + ".norm3", sum(x, feed(name + ".feed", x)));
    }
    double[][] words = linear("generator", x, WORDS);
    for (double[] word : words) {
      double all = Math.log(Arrays.stream(word).map(Math::exp).sum());
      Arrays.setAll(word, i -> word[i] - all);
    }
    return words;
  }

  /** Rows of the table of words, sqrt(64) times, and the place of each. */
  private static double[][] embedded(String which, int[] words) {
    float[] table = WEIGHTS.tensor(which + "_embedding.weight", List.of(WIDE, WORDS));
    float[] places = WEIGHTS.tensor(which + "_position", List.of(1, words.length, WIDE));
    double[][] x = new double[words.length][WIDE];
    for (int place = 0; place < words.length; place++) {
      for (int i = 0; i < WIDE; i++) {
        x[place][i] = 8.0 * table[i * WORDS + words[place]] + places[place * WIDE + i];
      }
    }
    return x;
  }

  private interface Mask {
    float of(int query, int key);
  }

  private static double[][] attention(String name, double[][] x, double[][] memory, Mask mask) {
    double[][] queries = linear(name + ".q", x, WIDE);
    double[][] keys = linear(name + ".k", memory, WIDE);
    double[][] values = linear(name + ".v", memory, WIDE);
    int size = WIDE / HEADS;
    double[][] joined = new double[x.length][WIDE];
    for (int head = 0; head < HEADS; head++) {
      for (int query = 0; query < x.length; query++) {
        double[] weights = new double[memory.length];
        double all = 0;
        for (int key = 0; key < memory.length; key++) {
          double score = 0;
          for (int i = head * size; i < (head + 1) * size; i++) {
            score += queries[query][i] * keys[key][i];
          }
          weights[key] = Math.exp(score / Math.sqrt(size) + mask.of(query, key));
          all += weights[key];
        }
        for (int key = 0; key < memory.length; key++) {
          for (int i = head * size; i < (head + 1) * size; i++) {
            joined[query][i] += weights[key] / all * values[key][i];
          }
        }
      }
    }
    return linear(name + ".out", joined, WIDE);
  }

  private static double[][] feed(String name, double[][] x) {
    double[][] wide = linear(name + ".fc1", x, 4 * WIDE);
    for (double[] word : wide) {
      Arrays.setAll(word, i -> Math.max(word[i], 0));
    }
    return linear(name + ".fc2", wide, WIDE);
  }

  private static double[][] linear(String name, double[][] x, int outputs) {
    int inputs = x[0].length;
    float[] weight = WEIGHTS.tensor(name + ".weight", List.of(outputs, inputs));
    float[] bias = WEIGHTS.tensor(name + ".bias", List.of(outputs));
    double[][] y = new double[x.length][outputs];
    for (int word = 0; word < x.length; word++) {
      for (int output = 0; output < outputs; output++) {
        double sum = bias[output];
        for (int i = 0; i < inputs; i++) {
          sum += (double) weight[output * inputs + i] * x[word][i];
        }
        y[word][output] = sum;
      }
    }
    return y;
  }

  private static double[][] norm(String name, double[][] x) {
    float[] weight = WEIGHTS.tensor(name + ".weight", List.of(WIDE));
    float[] bias = WEIGHTS.tensor(name + ".bias", List.of(WIDE));
    double[][] y = new double[x.length][WIDE];
    for (int word = 0; word < x.length; word++) {
      double mean = Arrays.stream(x[word]).average().orElseThrow();
      double variance =
          Arrays.stream(x[word]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < WIDE; i++) {
        y[word][i] = (x[word][i] - mean) / Math.sqrt(variance + 1e-5) * weight[i] + bias[i];
      }
    }
    return y;
  }

  private static double[][] sum(double[][] one, double[][] other) {
    double[][] sum = new double[one.length][WIDE];
    for (int word = 0; word < one.length; word++) {
      for (int i = 0; i < WIDE; i++) {
        sum[word][i] = one[word][i] + other[word][i];
      }
    }
    return sum;
  }
}
