package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in the place of calls. */
class WrittenOutTest {
  private static final KernelMethod BOUND =
      new KernelMethod(
          Role.FUNCTION,
          "",
          "V",
          "atMost",
          "V x, float bound",
          "return @atMost(x, bound);\n",
          List.of());

  private static final KernelMethod SQUARE =
      FunctionKernels.function(
          "square",
          "",
          """
          V t = atMost(x, 5f);
          V s = @mul(t, t); // t twice
          return @add(s, t);
          """,
          BOUND);

  private static String written(String body, KernelMethod... calls) {
    return WrittenOut.of(
            new KernelMethod(Role.PART, "", "void", "part", "int y", body, List.of(calls)))
        .body();
  }

  @Test
  void aCallThatIsAWholeValueIsReplaced() {
    assertThat(written("V a = @load(arena, y);\nV b = atMost(a, 3f);\n", BOUND))
        .isEqualTo("V a = @load(arena, y);\nV b = @atMost(a, 3f);\n");
  }

  @Test
  void argumentsAndResultsGetNames() {
    assertThat(written("@store(atMost(@load(arena, y), 3f), arena, y);\n", BOUND))
        .isEqualTo(
            """
            V x_1 = @load(arena, y);
            V atMost_1 = @atMost(x_1, 3f);
            @store(atMost_1, arena, y);
            """);
  }

  @Test
  void functionsOfFunctionsStandInTheLoopWithNamesOfTheirOwn() {
    assertThat(
            written(
                """
                for (int i = 0; i < 8; i += $L) { // a square
                  V a = square(@load(arena, y + i));
                  V b = square(a);
                  @store(b, arena, y + i);
                }
                """,
                SQUARE))
        .isEqualTo(
            """
            for (int i = 0; i < 8; i += $L) { // a square
              // square
              V x_1 = @load(arena, y + i);
              V t_2 = @atMost(x_1, 5f);
              V s_2 = @mul(t_2, t_2); // t_2 twice
              V a = @add(s_2, t_2);
              // square
              V t_1 = @atMost(a, 5f);
              V s_1 = @mul(t_1, t_1); // t_1 twice
              V b = @add(s_1, t_1);
              @store(b, arena, y + i);
            }
            """);
  }

  /** A function with a branch or of no vector stays a method. */
  @Test
  void otherFunctionsAreCalled() {
    KernelMethod start =
        new KernelMethod(
            Role.FUNCTION, "", "int", "start", "int place", "return place;\n", List.of());
    assertThat(written("int a = start(y);\n", start)).isEqualTo("int a = start(y);\n");
  }
}
