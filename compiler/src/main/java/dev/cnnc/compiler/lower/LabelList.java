package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The names of the classes: a list in the file, or a text file of one a line. */
final class LabelList {

  /** A million names of sixteen letters; more is not a list of labels. */
  private static final long MOST_BYTES = 16L << 20;

  /** The first character of some editors' files. */
  private static final String MARK = "\uFEFF";

  private final Problems problems;
  private final Project project;

  LabelList(Problems problems, Project project) {
    this.problems = problems;
    this.project = project;
  }

  List<String> read(Ast.Labels labels) {
    Ast.Expression list = labels.list();
    if (list instanceof Ast.Text(String file, _)) {
      return file(file, list, LabelList::lines);
    }
    List<String> texts = new ArrayList<>();
    if (list instanceof Ast.Bracket(var elements, _)) {
      for (Ast.Expression element : elements) {
        if (element instanceof Ast.Text(String text, _)) {
          texts.add(text);
        } else {
          problems.add(
              Code.E220,
              element.span(),
              Frame.ROOT,
              "a label is a text in quotes",
              "write labels [\"cat\", \"dog\"]");
        }
      }
      return texts.size() == elements.size() ? texts : List.of();
    }
    problems.add(
        Code.E220,
        list.span(),
        Frame.ROOT,
        "labels are a list of texts, or the name of a text file in quotes",
        "write labels [\"cat\", \"dog\"] or labels \"labels.txt\"");
    return texts;
  }

  /**
   * The characters of a file, one a line; unlike a label, a character may be a space. None without
   * such a file, which is reported.
   */
  Optional<List<String>> keys(Ast.Text file) {
    List<String> none = List.of("");
    List<String> keys =
        file(
            file.text(),
            file,
            text -> text.isEmpty() ? none : text.replace("\r\n", "\n").lines().toList());
    if (keys.equals(none)) {
      fault(file, "the file has no characters, one a line: \"" + file.text() + '"');
    }
    return Optional.of(keys).filter(it -> !it.isEmpty() && !it.equals(none));
  }

  private List<String> file(
      String name, Ast.Expression at, Function<String, List<String>> reading) {
    try {
      Path path = project.folder().resolve(name);
      if (!project.allows(path)) {
        Project.refuse(problems, at.span(), Frame.ROOT, name);
        return List.of();
      }
      if (!Files.isRegularFile(path)) {
        return fault(at, "there is no file of labels called \"" + name + '"');
      }
      if (Files.size(path) > MOST_BYTES) {
        return fault(at, "the file of labels has more than 16 MiB: \"" + name + '"');
      }
      return reading.apply(unmarked(Files.readString(path)));
    } catch (CharacterCodingException _) {
      return fault(at, "the file of labels is not text in UTF-8: \"" + name + '"');
    } catch (IOException | InvalidPathException failure) {
      return fault(at, "the file of labels cannot be read: " + failure.getMessage());
    }
  }

  /** A byte order mark is no part of the first line. */
  private static String unmarked(String text) {
    return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
  }

  /** One a line. Blank lines at the end are none. */
  private static List<String> lines(String text) {
    return text.stripTrailing().lines().map(String::strip).toList();
  }

  private List<String> fault(Ast.Expression at, String message) {
    problems.add(Code.E220, at.span(), Frame.ROOT, message, "paths are relative to this file");
    return List.of();
  }
}
