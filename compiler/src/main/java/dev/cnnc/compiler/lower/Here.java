package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.util.Optional;

/**
 * The place of a step.
 *
 * @param flow the value that enters the step
 * @param begins whether the step may be a value, which discards the input: true at the start of a
 *     statement or branch
 * @param label the label that will name the next layer, block or group
 */
record Here(
    Flow flow, Environment environment, Scope scope, boolean begins, Optional<Ast.Label> label) {

  Frame frame() {
    return environment.frame();
  }

  /** The definitions of the file. */
  Names names() {
    return environment.names();
  }

  Here labelled(Ast.Label name) {
    return new Here(flow, environment, scope, begins, Optional.of(name));
  }

  /** The same place in another scope, without a label. */
  Here in(Scope other) {
    return new Here(flow, environment, other, begins, Optional.empty());
  }

  /** The same place without a label. */
  Here unlabelled() {
    return in(scope);
  }

  Here in(Environment other) {
    return new Here(flow, other, scope, begins, label);
  }

  /** The place after a step with the output {@code next}. */
  Here behind(Flow next) {
    return new Here(next, environment, scope, false, label);
  }

  /** The beginning of a branch. */
  Here branch() {
    return new Here(flow, environment, scope, true, Optional.empty());
  }
}
