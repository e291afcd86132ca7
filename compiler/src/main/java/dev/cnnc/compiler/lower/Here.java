package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.Optional;

/**
 * Where a step stands.
 *
 * @param flow what enters it
 * @param begins whether it may be a value, which forgets what flows in: true at the start of a
 *     statement or branch
 * @param label the label that waits for a layer, block or group to name
 */
record Here(
    Flow flow, Environment environment, Scope scope, boolean begins, Optional<Ast.Label> label) {

  Frame frame() {
    return environment.frame();
  }

  Here labelled(Ast.Label name) {
    return new Here(flow, environment, scope, begins, Optional.of(name));
  }

  /** The same place in another scope, where no label waits. */
  Here in(Scope other) {
    return new Here(flow, environment, other, begins, Optional.empty());
  }

  /** The same place, where no label waits. */
  Here unlabelled() {
    return in(scope);
  }

  Here in(Environment other) {
    return new Here(flow, other, scope, begins, label);
  }

  /** The place behind a step that gave {@code next}. */
  Here behind(Flow next) {
    return new Here(next, environment, scope, false, label);
  }

  /** The beginning of a branch. */
  Here branch() {
    return new Here(flow, environment, scope, true, Optional.empty());
  }
}
