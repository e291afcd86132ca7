package dev.cnnc.compiler.predict;

import java.util.Optional;

/** The compiler that this class belongs to. */
public final class ThisCompiler {
  private ThisCompiler() {}

  /** The version of cnnc. */
  public static String version() {
    return released().orElse("of a development build");
  }

  /** The version in the manifest of its jar; none where classes are loaded from a folder. */
  public static Optional<String> released() {
    return Optional.ofNullable(ThisCompiler.class.getPackage().getImplementationVersion());
  }
}
