package dev.cnnc.examples;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code docs/networks.md}: what the lectures' networks are, cost, and brought. */
final class NetworksPage {

  /** Longer files are folded away. */
  private static final int SHOWN = 60;

  private static final String HEAD =
      """
      # The networks of the lectures

      Every network here is one short file, and every build compiles all of them. The generated classes give PyTorch's
      logits under synthetic weights, wherever PyTorch's logits are available. The networks are sorted by date, and the
      networks of one paper by size.

      - **Parameters** are the learned numbers, without the running statistics of batch norms.
      - **MACs** are the multiply-accumulates of convs, fully connected layers and attention, for one picture.
      - **Kept** is the memory of all activations if each were kept, including the input, after the passes have folded
        batch norms, residuals and activations into the convs.
      - **Arena** is the memory of the activations in the generated class, which reuses the place of a value after its
        last read. Halos of zeros and channels rounded up to 16 are part of it, so the smallest network takes more than
        it keeps.
      - **Scratch** is the additional memory of the kernels, for each thread.

      MB = 10^6 bytes. `cnnc inspect` shows the same for any file, layer by layer, and what each pass saved. This page is
      generated from the files. This command regenerates it:

          mvn -q -pl generated-examples -am verify -Dtest=NetworksPageTest -Dgolden=rewrite \\
              -Dsurefire.failIfNoSpecifiedTests=false

      | year | network | parameters | MACs | kept, MB | arena, MB | scratch, MB |
      |---|---|---:|---:|---:|---:|---:|
      """;

  private static final String ERRATA =
      """
      ## Errors in printed tables

      Tables in lectures differ from these files in a few places. `LectureTablesTest` checks every row and the correct
      numbers.

      | printed | correct |
      |---|---|
      | AlexNet, first conv: 34,857 parameters | 34,944 |
      | AlexNet: about 1,000 M multiplications | 1,135 M in one column; 724 M in the paper's two |
      | LeNet-5, first pool: 4,074 operations | 4,704 |
      | LeNet-5: 341 k multiplications | 416,520; 341 k fits no standard variant |
      | ZFNet, fifth conv: 4,719,616 parameters | 4,719,104 |
      | ZFNet, first fully connected layer: 75,515,904 parameters | 75,501,568 |
      | ZFNet, second conv: stride 1, same size, output 26x26 | stride 2, no padding |
      | VGG-16, first fully connected layer: 29 M multiplications | 102.8 M |
      | VGG-16: 24 M activations, 93 to 96 MB | 15.2 M, 61 MB |
      | GoogLeNet: 1.43 G multiplications | 1.58 G with every conv counted |
      | inception module with bottlenecks: 358 M multiplications | 271.4 M, the sum of its own terms |

      """;

  private static final String IDEAS =
      """
      ## Small files, one idea each

      | file | parameters | MACs | kept, MB | arena, MB |
      |---|---:|---:|---:|---:|
      """;

  private NetworksPage() {}

  static String of(List<Lesson> networks, List<Lesson> ideas) {
    List<Lesson> byDate =
        networks.stream()
            .sorted(
                Comparator.comparing(Lesson::date)
                    .thenComparingLong(lesson -> lesson.cost().macs()))
            .toList();
    return HEAD
        + all(byDate, NetworksPage::row)
        + "\n"
        + all(byDate, network -> section(network, network.paragraph()))
        + IDEAS
        + all(ideas, NetworksPage::ideaRow)
        + "\n"
        + all(ideas, idea -> "#" + section(idea, idea.comment()))
        + ERRATA.stripTrailing()
        + "\n";
  }

  private static String all(List<Lesson> lessons, Function<Lesson, String> part) {
    return lessons.stream().map(part).collect(Collectors.joining());
  }

  private static String row(Lesson network) {
    return "| %s | [%s](#%<s) | %s | %s | %s | %s | %s |\n"
        .formatted(
            network.year(),
            network.name(),
            count(network.cost().parameters()),
            count(network.cost().macs()),
            megabytes(network.kept()),
            megabytes(network.arena()),
            megabytes(network.scratch()));
  }

  private static String ideaRow(Lesson idea) {
    return "| [%s](#%<s) | %s | %s | %s | %s |\n"
        .formatted(
            idea.name(),
            count(idea.cost().parameters()),
            count(idea.cost().macs()),
            megabytes(idea.kept()),
            megabytes(idea.arena()));
  }

  private static String section(Lesson lesson, String paragraph) {
    return """
    ## %s

    %s

    [%s](%s):
    %s parameters, %s MACs; %s MB of activations kept, %s MB in the arena.

    %s
    """
        .formatted(
            lesson.name(),
            wrapped(paragraph),
            lesson.file().getFileName(),
            link(lesson.file()),
            count(lesson.cost().parameters()),
            count(lesson.cost().macs()),
            megabytes(lesson.kept()),
            megabytes(lesson.arena()),
            shown(lesson.text()));
  }

  /** In lines that a document may have: none begins as an item of a list, none ends in a link. */
  private static String wrapped(String paragraph) {
    return paragraph.replaceAll("(.{1,118})(?: (?![-+*] )(?![^\\[\\]]*\\])|$)", "$1\n").strip();
  }

  private static String shown(String text) {
    String code = "```\n" + text + "```\n";
    long lines = text.lines().count();
    return lines <= SHOWN
        ? code
        : "<details><summary>%s lines</summary>\n\n%s\n</details>\n".formatted(lines, code);
  }

  /** As seen from the page's folder. */
  private static String link(Path file) {
    return "../generated-examples/" + file.toString().replace('\\', '/');
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three digits, more or less. */
  private static String megabytes(long bytes) {
    double million = bytes / 1e6;
    return String.format(
        Locale.ROOT, million >= 10 ? "%.1f" : million >= 1 ? "%.2f" : "%.3f", million);
  }
}
