package dev.cnnc.compiler.predict;

import java.util.Optional;

/** The compiler that this class belongs to. */
public final class ThisCompiler {
  private ThisCompiler() {}

  /** The version of cnnc. */
  public static String version() {
    return Optional.ofNullable(ThisCompiler.class.getPackage().getImplementationVersion())
        .orElse("of a development build");
  }
}
