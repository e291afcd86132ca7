package dev.cnnc.compiler.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The compiler as a process: the only argument is the request's file, and standard output carries
 * nothing but events. It ends with 0 whenever the last event is End, errors in networks or not.
 */
public final class BuildMain {
  private BuildMain() {}

  /** Runs one request. */
  public static void main(String[] arguments) throws IOException {
    // Diagnostics are the same in every country.
    Locale.setDefault(Locale.ROOT);
    BuildRequest request = BuildRequest.read(Path.of(arguments[0]));
    new Build(new FacadeAdapter(), event -> System.out.println(event.encoded())).run(request);
  }
}
