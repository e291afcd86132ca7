package dev.cnnc.cli.report;

import dev.cnnc.compiler.ir.Node;
import dev.cnnc.dsl.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The texts that a report shows: the file of the network, the files that it uses, then the emitted
 * class and its kernels.
 */
record Sources(List<Text> texts, List<Source> written) {

  /**
   * One text.
   *
   * @param name relative to the folder of the network, the same wherever the command was started
   */
  record Text(String name, String text) {}

  Sources {
    texts = List.copyOf(texts);
    written = List.copyOf(written);
  }

  static Sources of(Report report) {
    List<Source> written =
        Stream.concat(
                report.written().graph().nodes().stream(),
                report.backend().plan().network().graph().nodes().stream())
            .map(node -> node.origin().span().source())
            .distinct()
            .toList();
    List<Text> texts = new ArrayList<>();
    written.forEach(source -> texts.add(new Text(name(report.file(), source), source.text())));
    report
        .backend()
        .java()
        .sources()
        .forEach((name, text) -> texts.add(new Text(name + ".java", text)));
    return new Sources(texts, written);
  }

  /** The index of the text that a layer stands in. */
  int of(Node node) {
    return written.indexOf(node.origin().span().source());
  }

  private static String name(Path file, Source source) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path path = Path.of(source.name()).toAbsolutePath().normalize();
    return (folder == null ? path : folder.relativize(path)).toString().replace('\\', '/');
  }
}
