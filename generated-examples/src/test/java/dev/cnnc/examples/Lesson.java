package dev.cnnc.examples;

import dev.cnnc.compiler.Frontend;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.pass.Passes;
import dev.cnnc.compiler.plan.Cost;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A {@code .cnn} file as teaching uses it.
 *
 * @param comment the first one, in one line
 * @param text what follows it
 * @param cost as written
 * @param kept bytes of all activations, after the passes, if each were kept
 * @param arena bytes in which the emitted class has them one after the other
 * @param scratch bytes that a thread has for itself
 */
record Lesson(
    Path file, String comment, String text, Cost cost, long kept, long arena, long scratch) {

  /** Title, authors, year, perhaps where to read it, and what it brought. */
  private static final Pattern PAPER =
      Pattern.compile("(.+), ([^,]+), (\\d{4})(?: \\(arXiv (\\d{4}\\.\\d{4,5})\\))?\\. (.+)");

  static Lesson of(Path file) {
    try {
      String all = Files.readString(file);
      String comment =
          all.lines()
              .takeWhile(line -> line.startsWith("//"))
              .map(line -> line.substring(2).strip())
              .collect(Collectors.joining(" "));
      List<String> text = all.lines().dropWhile(line -> line.startsWith("//")).toList();
      Network written = Frontend.of(file).written().orElseThrow();
      Network improved = written.with(Passes.run(written.graph()).getLast().graph());
      Plan plan = Planner.plan(improved);
      return new Lesson(
          file,
          comment,
          String.join("\n", text) + "\n",
          Cost.of(written.graph()),
          improved.graph().elements() * Float.BYTES,
          (long) plan.arena() * Float.BYTES,
          (long) plan.scratch() * Float.BYTES);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String name() {
    return file.getFileName().toString().replace(".cnn", "");
  }

  int year() {
    return Integer.parseInt(paper().group(3));
  }

  /** Sorts by date: arXiv's numbers begin with year and month. */
  String date() {
    String number = paper().group(4);
    return number == null ? paper().group(3) : "20" + number;
  }

  /** The comment with the paper set apart. */
  String paragraph() {
    Matcher paper = paper();
    String number = paper.group(4);
    String where =
        number == null ? "" : " ([arXiv %s](https://arxiv.org/abs/%<s))".formatted(number);
    return "*%s*, %s, %s%s. %s"
        .formatted(paper.group(1), paper.group(2), paper.group(3), where, paper.group(5));
  }

  private Matcher paper() {
    Matcher matcher = PAPER.matcher(comment);
    if (!matcher.matches()) {
      throw new IllegalStateException(
          file + " begins with no paper: title, authors, year. What it brought");
    }
    return matcher;
  }
}
