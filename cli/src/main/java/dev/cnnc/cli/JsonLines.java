package dev.cnnc.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What {@code cnnc run --json-lines} does.
 *
 * @param input the folder of pictures
 * @param output the file of the lines, which is continued; otherwise they go to standard output
 * @param top number of classes in a line
 */
record JsonLines(Path input, Optional<Path> output, int top) {

  /** Writes a line for each picture that has none yet, at one of the sizes. */
  void run(NetworkFile network, List<Integer> sizes, Terminal terminal) {
    if (network.written().graph().inputs().size() != 1) {
      throw new Failure(
          "--json-lines runs networks of one input, and %s has several"
              .formatted(network.written().graph().name()));
    }
    PictureFolder folder = PictureFolder.of(input, output);
    FolderRun run = new FolderRun(network, sizes, folder, top);
    if (output.isEmpty()) {
      // Lines on the terminal tell how far it is.
      boolean shown = !terminal.colourful();
      run(run, Set.of(), line -> print(line, terminal), shown, terminal);
      return;
    }
    try (LinesFile lines = LinesFile.open(output.get(), network.written().graph().name())) {
      run(run, lines.done(), lines::write, true, terminal);
    }
  }

  private static void run(
      FolderRun run, Set<String> done, Consumer<String> lines, boolean shown, Terminal terminal) {
    List<String> names = new ArrayList<>(run.folder().names());
    names.removeIf(done::contains);
    int bad = 0;
    if (!names.isEmpty()) {
      try (Progress progress = new Progress(shown ? terminal : terminal.silent())) {
        bad = run.run(names, lines, progress);
      }
    }
    int before = run.folder().names().size() - names.size();
    terminal
        .err()
        .println(
            "cnnc: %s pictures".formatted(Cells.count(names.size()))
                + (before == 0 ? "" : ", %s had their line".formatted(Cells.count(before)))
                + (bad == 0 ? "" : ", %s without an answer".formatted(Cells.count(bad))));
    terminal.err().flush();
  }

  private static void print(String line, Terminal terminal) {
    terminal.out().print(line);
    terminal.out().flush();
    if (terminal.out().checkError()) {
      throw new Failure("cannot write to standard output");
    }
  }
}
