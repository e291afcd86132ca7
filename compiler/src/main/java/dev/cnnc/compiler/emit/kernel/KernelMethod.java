package dev.cnnc.compiler.emit.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
public record KernelMethod(
    Role role,
    String doc,
    String result,
    String name,
    String parameters,
    String body,
    List<KernelMethod> calls) {

  public enum Role {
    /** Called by layer methods, through the interface. */
    ENTRY,
    /** Called by other kernels of the same instance. */
    PART,
    /** A function of its arguments alone. */
    FUNCTION
  }

  private static final Set<String> STATEMENTS = Set.of("for", "if", "while", "switch", "catch");

  /**
   * @throws IllegalStateException if the body calls a method that {@code calls} lacks: the class
   *     would have it by luck, if another kernel lists it
   */
  public KernelMethod {
    calls = List.copyOf(calls);
    Set<String> listed = calls.stream().map(KernelMethod::name).collect(Collectors.toSet());
    // By hand: kernels are written by the thousand, and patterns took half of the time.
    for (int open = body.indexOf('('); open >= 0; open = body.indexOf('(', open + 1)) {
      String called = called(body, open);
      if (!called.isEmpty() && !STATEMENTS.contains(called) && !listed.contains(called)) {
        throw new IllegalStateException(name + " calls " + called + ", which it does not list");
      }
    }
  }

  /**
   * What is called by the bracket at {@code open}, if it is a method of the same class: no member
   * of an object, no macro. Else empty.
   */
  static String called(String text, int open) {
    int start = open;
    while (start > 0 && isPartOfWord(text.charAt(start - 1))) {
      start--;
    }
    boolean named = start < open && text.charAt(start) >= 'a' && text.charAt(start) <= 'z';
    boolean own = start == 0 || ".@$".indexOf(text.charAt(start - 1)) < 0;
    return named && own ? text.substring(start, open) : "";
  }

  private static boolean isPartOfWord(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Whether it is the same text at every width, all that it calls included. */
  public boolean isPlain() {
    return !body.contains("@")
        && !body.contains("$L")
        && calls.stream().allMatch(KernelMethod::isPlain);
  }

  /** Whether it computes with vectors and leaves none of that to other methods. */
  public boolean isLeaf() {
    return role != Role.FUNCTION
        && result.equals("void")
        && !isPlain()
        && calls.stream().allMatch(called -> called.role == Role.FUNCTION || called.isPlain());
  }

  /** Whether the body reads a variable or constant of this name. */
  boolean mentions(String variable) {
    for (int at = body.indexOf(variable); at >= 0; at = body.indexOf(variable, at + 1)) {
      int end = at + variable.length();
      boolean begins =
          at == 0 || (!isPartOfWord(body.charAt(at - 1)) && body.charAt(at - 1) != '.');
      if (begins && (end == body.length() || !isPartOfWord(body.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether layers call it. */
  boolean isEntry() {
    return role == Role.ENTRY;
  }

  /** The parameters that the body reads. */
  List<String> read() {
    return declarations().map(KernelMethod::variable).filter(this::mentions).toList();
  }

  /** The same with these of its parameters alone. */
  KernelMethod reading(Set<String> read) {
    String kept =
        declarations()
            .filter(declaration -> read.contains(variable(declaration)))
            .collect(Collectors.joining(", "));
    return new KernelMethod(role, doc, result, name, kept, body, calls);
  }

  private Stream<String> declarations() {
    return Arrays.stream(parameters.split(", ", -1)).filter(each -> !each.isEmpty());
  }

  private static String variable(String declaration) {
    return declaration.substring(declaration.indexOf(' ') + 1);
  }

  /** {@code name} as it stands inside a longer name. */
  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
