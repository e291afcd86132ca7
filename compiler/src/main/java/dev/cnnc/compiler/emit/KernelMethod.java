package dev.cnnc.compiler.emit;

import java.util.List;

/**
 * One method of the emitted kernel classes, in the macro language of {@link Lanes}.
 *
 * @param role who calls it
 * @param result the type it returns, as Java writes it; {@code V} for a vector
 * @param name unique among the kernels
 * @param parameters as Java writes them: {@code int[] at, int run}
 * @param body the statements
 * @param calls further kernel methods it needs
 */
record KernelMethod(
    Role role,
    String doc,
    String result,
    String name,
    String parameters,
    String body,
    List<KernelMethod> calls) {

  enum Role {
    /** Called by layer methods, through the interface. */
    ENTRY,
    /** Called by other kernels of the same instance. */
    PART,
    /** A function of its arguments alone. */
    FUNCTION
  }

  KernelMethod {
    calls = List.copyOf(calls);
  }

  /** Whether it is the same text at every width, all that it calls included. */
  boolean isPlain() {
    return !body.contains("@")
        && !body.contains("$L")
        && calls.stream().allMatch(KernelMethod::isPlain);
  }
}
