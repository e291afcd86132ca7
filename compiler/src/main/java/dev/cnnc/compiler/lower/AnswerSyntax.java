package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Ast;
import dev.cnnc.vision.Answer;
import dev.cnnc.vision.Blazeface;
import dev.cnnc.vision.Corners;
import dev.cnnc.vision.Detector;
import dev.cnnc.vision.Embedder;
import dev.cnnc.vision.Head;
import dev.cnnc.vision.LineDetector;
import dev.cnnc.vision.Reader;
import dev.cnnc.vision.Scrfd;
import dev.cnnc.vision.Segmenter;
import dev.cnnc.vision.Ssd;
import dev.cnnc.vision.Yolo;
import dev.cnnc.vision.Yolox;
import dev.cnnc.vision.Yunet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Answers as statements: the inverse of {@link AnswerClauses}. */
final class AnswerSyntax {
  private final List<Ast.Setting> settings = new ArrayList<>();
  private final List<String> outputs;

  private AnswerSyntax(List<String> outputs) {
    this.outputs = outputs;
  }

  /**
   * The statement; none for a reader, whose file of characters is not known any more.
   *
   * @param outputs their names
   */
  static Optional<Ast.Statement> statement(Answer<?> answer, List<String> outputs) {
    AnswerSyntax syntax = new AnswerSyntax(outputs);
    return switch (answer) {
      case Detector detector -> Optional.of(syntax.detect(detector));
      case LineDetector lines -> Optional.of(syntax.lines(lines));
      case Segmenter segmenter -> Optional.of(syntax.segment(segmenter));
      case Embedder(boolean normal) -> {
        if (normal) {
          syntax.flag("l2");
        }
        yield Optional.of(syntax.answer("embed"));
      }
      case Reader _ -> Optional.empty();
    };
  }

  private Ast.Answer answer(String kind) {
    return new Ast.Answer(Syntax.name(kind), List.copyOf(settings), Syntax.NOWHERE);
  }

  private Ast.Answer segment(Segmenter segmenter) {
    flag(segmenter.rule().name().toLowerCase(Locale.ROOT));
    if (segmenter.rule() != Segmenter.Rule.ARGMAX) {
      set("threshold", Syntax.number(segmenter.threshold()));
    }
    return answer("segment");
  }

  private Ast.Answer detect(Detector detector) {
    head(detector.head());
    set("score", Syntax.number(detector.score()));
    set("iou", Syntax.number(detector.overlap()));
    set("most", Syntax.number((long) detector.most()));
    if (detector.agnostic()) {
      flag("agnostic");
    }
    return answer("detect");
  }

  private Ast.Answer lines(LineDetector detector) {
    set("head", word("db"));
    set("threshold", Syntax.number(detector.threshold()));
    set("score", Syntax.number(detector.score()));
    set("unclip", Syntax.number(detector.unclip()));
    set("most", Syntax.number((long) detector.most()));
    return answer("detect");
  }

  private void head(Head head) {
    switch (head) {
      case Yolox(var strides) -> head("yolox", strides);
      case Yolo(Yolo.Version version, var strides) ->
          head("yolo" + version.name().toLowerCase(Locale.ROOT), strides);
      case Yunet(var strides) -> head("yunet", strides);
      case Blazeface(var strides, var anchors) -> {
        head("blazeface", strides);
        set("anchors", wholes(anchors));
      }
      case Corners(int boxes, int scores) -> {
        set("head", word("corners"));
        set("boxes", word(outputs.get(boxes)));
        set("scores", word(outputs.get(scores)));
      }
      case Scrfd(var strides, int anchors) -> {
        head("scrfd", strides);
        set("anchors", Syntax.number((long) anchors));
      }
      case Ssd ssd -> {
        head("ssd", ssd.strides());
        set("boxes", word(outputs.get(ssd.boxes())));
        set("scores", word(outputs.get(ssd.scores())));
        if (ssd.landmarks() >= 0) {
          set("landmarks", word(outputs.get(ssd.landmarks())));
        }
        set("anchors", Syntax.list(ssd.priors().stream().map(AnswerSyntax::cell).toList()));
        set(
            "variances",
            Syntax.list(List.of(Syntax.number(ssd.centre()), Syntax.number(ssd.size()))));
        if (ssd.softmax()) {
          flag("softmax");
        }
      }
    }
  }

  private static Ast.Expression cell(List<Ssd.Prior> priors) {
    return Syntax.list(
        priors.stream()
            .map(
                prior ->
                    Syntax.list(
                        List.of(Syntax.number(prior.height()), Syntax.number(prior.width()))))
            .toList());
  }

  private void head(String name, List<Integer> strides) {
    set("head", word(name));
    set("strides", wholes(strides));
  }

  private static Ast.Expression wholes(List<Integer> numbers) {
    return Syntax.list(numbers.stream().map(each -> Syntax.number((long) each)).toList());
  }

  private void flag(String name) {
    settings.add(new Ast.Setting(Syntax.name(name), Optional.empty(), Syntax.NOWHERE));
  }

  private void set(String name, Ast.Expression value) {
    settings.add(new Ast.Setting(Syntax.name(name), Optional.of(value), Syntax.NOWHERE));
  }

  private static Ast.Expression word(String word) {
    return ValueNames.isKeyword(word)
        ? Syntax.text(word)
        : new Ast.Call(Syntax.name(word), Optional.empty(), Syntax.NOWHERE);
  }
}
