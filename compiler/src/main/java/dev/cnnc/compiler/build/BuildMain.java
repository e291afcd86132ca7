package dev.cnnc.compiler.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The compiler as a process. The only argument is the request file, and standard output has only
 * events. The exit status is 0 whenever the last event is End, with or without errors in networks.
 */
public final class BuildMain {
  private BuildMain() {}

  /** Runs one request. */
  public static void main(String[] arguments) throws IOException {
    // Diagnostics are the same in every locale.
    Locale.setDefault(Locale.ROOT);
    BuildRequest request = BuildRequest.read(Path.of(arguments[0]));
    new Build(
            new FacadeAdapter(
                request.allowOutside(), request.vision(), request.budget(), request.ledger()),
            event -> System.out.println(event.encoded()))
        .run(request);
  }
}
