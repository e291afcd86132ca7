package dev.cnnc.compiler.emit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cnnc.compiler.emit.kernel.KernelMethod.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One name is one text, and a text lists what it calls. */
class KernelSetTest {
  @Test
  void twoTextsOfOneNameAreRefused() {
    KernelMethod part = method("part", "return a;");
    Map<String, KernelMethod> all = new LinkedHashMap<>();
    KernelSet.collect(method("entry", "part();", part), all);
    KernelSet.collect(method("other", "part();", method("part", "return a;")), all);
    assertThat(all.keySet()).containsExactly("entry", "part", "other");
    assertThatThrownBy(() -> KernelSet.collect(method("part", "return b;"), all))
        .hasMessage("two kernels are called part");
    assertThatThrownBy(
            () -> KernelSet.collect(method("entry", "part();", method("part", "return b;")), all))
        .as("one text, calling others")
        .hasMessage("two kernels are called entry");
  }

  @Test
  void aCallThatIsNotListedIsRefused() {
    assertThatThrownBy(() -> method("entry", "for (;;) x = @fma(a, part(b), c.of(d));"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("entry calls part, which it does not list");
  }

  private static KernelMethod method(String name, String body, KernelMethod... calls) {
    return new KernelMethod(Role.PART, "", "void", name, "", body, List.of(calls));
  }
}
