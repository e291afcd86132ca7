package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void fillsEveryHoleOfAName() {
    assertThat(new Template("int ${a} = ${b} + ${b};\n").with("a", "sum").with("b", 3).filled())
        .isEqualTo("int sum = 3 + 3;\n");
  }

  @Test
  void aLineOfItsOwnTakesManyLines() {
    Template loop = new Template("for (;;) {\n  ${body}\n}\n");
    assertThat(loop.with("body", "a();\nb();\n").filled())
        .isEqualTo("for (;;) {\n  a();\n  b();\n}\n");
    assertThat(loop.with("body", "").filled()).isEqualTo("for (;;) {\n}\n");
  }

  @Test
  void lanesAreNoHole() {
    assertThat(new Template("c += $L; ${x}\n").with("x", "$L").filled()).isEqualTo("c += $L; $L\n");
  }

  @Test
  void offersWhatATextMayLeaveOut() {
    Template sum = new Template("sum${pixel} = x${pixel};\n");
    assertThat(sum.offer("pixel", 2).offer("place", 3).filled()).isEqualTo("sum2 = x2;\n");
    assertThatThrownBy(() -> sum.offer("pixels", 2).filled())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("nothing fills ${pixel} in:");
  }

  @Test
  void writesATextForEachNumber() {
    assertThat(new Template("V y${i} = x${i};\n").each("i", 2))
        .isEqualTo("V y0 = x0;\nV y1 = x1;\n");
    assertThatThrownBy(() -> new Template("V y${i} = ${start};\n").each("i", 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("nothing fills ${start} in:");
  }

  @Test
  void refusesAHoleThatIsNotThere() {
    assertThatThrownBy(() -> new Template("${a}").with("b", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no hole ${b} in:");
  }

  @Test
  void refusesAHoleThatNothingFills() {
    assertThatThrownBy(() -> new Template("${a} ${b}").with("b", 1).filled())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("nothing fills ${a} in:");
  }
}
