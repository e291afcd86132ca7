package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a text calls and reads. */
class KernelMethodTest {

  /** Brackets of operators, of members of objects and of macros call no method of the class. */
  @Test
  void callsAreOfTheSameClass() {
    String text = "x = a * (b) + Math.max(c, @fma(d, $e(f), Widest(g)));\npart_2(h(i)";
    List<String> called =
        IntStream.range(0, text.length())
            .filter(at -> text.charAt(at) == '(')
            .mapToObj(open -> KernelMethod.called(text, open))
            .toList();
    assertThat(called).containsExactly("", "", "", "", "", "part_2", "h");
    assertThat(KernelMethod.called("(a)", 0)).isEmpty();
    assertThat(KernelMethod.called("part()", 4)).isEqualTo("part");
  }

  /** A part of a longer name, and the member of an object, are other variables. */
  @Test
  void variablesAreWholeWords() {
    KernelMethod method = method("int a, int b, int ab, int c", "return ab + view.b + c");
    assertThat(method.read()).containsExactly("ab", "c");
    assertThat(method.reading(Set.of("c", "ab")).parameters()).isEqualTo("int ab, int c");
    assertThat(method.mentions("a")).isFalse();
    assertThat(method("", "a;").mentions("a")).isTrue();
    assertThat(method("", "aa a").mentions("a")).isTrue();
    assertThat(method("", "").read()).isEmpty();
  }

  private static KernelMethod method(String parameters, String body) {
    return new KernelMethod(Role.PART, "", "int", "method", parameters, body, List.of());
  }
}
