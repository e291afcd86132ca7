package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.IdentityHashMap;

/**
 * {@code file:line:column} of calls, each counted once: a repeated call would otherwise count the
 * lines of the file anew every time.
 */
final class Places {

  private final IdentityHashMap<Ast.Call, String> known = new IdentityHashMap<>();

  String of(Ast.Call call) {
    return known.computeIfAbsent(call, c -> c.span().toString());
  }
}
