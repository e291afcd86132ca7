package dev.cnnc.compiler.lower;

import dev.cnnc.dsl.Span;
import dev.cnnc.runtime.Signature;
import dev.cnnc.vision.Answer;
import dev.cnnc.vision.Blazeface;
import dev.cnnc.vision.Corners;
import dev.cnnc.vision.Detector;
import dev.cnnc.vision.Head;
import dev.cnnc.vision.LineDetector;
import dev.cnnc.vision.Scrfd;
import dev.cnnc.vision.Ssd;
import dev.cnnc.vision.Yolo;
import dev.cnnc.vision.Yolox;
import dev.cnnc.vision.Yunet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code detect { head yolox; score 0.3; iou 0.45 }}: how boxes are found.
 *
 * @param clause its place
 * @param signature the shapes, if all are known
 */
record DetectClause(Settings settings, Span clause, Optional<Signature> signature) {

  static final List<String> KEYS =
      List.of(
          "head",
          "score",
          "iou",
          "most",
          "strides",
          "anchors",
          "variances",
          "boxes",
          "scores",
          "landmarks",
          "threshold",
          "unclip");

  static final List<String> FLAGS = List.of("agnostic", "softmax");

  private static final String YOLOX = "yolox";
  private static final String YOLOV5 = "yolov5";
  private static final String YOLOV8 = "yolov8";
  private static final String SSD = "ssd";
  private static final String SCRFD = "scrfd";
  private static final String YUNET = "yunet";
  private static final String BLAZEFACE = "blazeface";
  private static final String CORNERS = "corners";
  private static final String DB = "db";
  private static final List<String> HEADS =
      List.of(YOLOX, YOLOV5, YOLOV8, SSD, SCRFD, YUNET, BLAZEFACE, CORNERS, DB);

  private static final List<Integer> USUAL_STRIDES = List.of(8, 16, 32);
  private static final int SCRFD_ANCHORS = 2;

  /** Of the model for near faces. */
  private static final List<Integer> BLAZEFACE_STRIDES = List.of(8, 16);

  private static final List<Integer> BLAZEFACE_ANCHORS = List.of(2, 6);
  private static final double USUAL_SCORE = 0.25;
  private static final double USUAL_OVERLAP = 0.45;
  private static final int USUAL_MOST = 300;

  /** Those of PaddleOCR's {@code tools/infer/utility.py}. */
  private static final double DB_THRESHOLD = 0.3;

  private static final double DB_SCORE = 0.6;
  private static final double DB_UNCLIP = 1.5;
  private static final int DB_MOST = 1000;

  Optional<? extends Answer<?>> read() {
    Optional<String> head = settings.word("head", HEADS);
    return head.filter(DB::equals).isPresent() ? Optional.of(lines()) : boxes(head);
  }

  private LineDetector lines() {
    String others = "heads of boxes";
    for (String key : List.of("iou", "strides", "anchors", "agnostic")) {
      onlyFor(key, others);
    }
    onlyForSsd();
    onlyForBoxes();
    return new LineDetector(
        settings.number("threshold", Kind.FRACTION, DB_THRESHOLD),
        settings.number("score", Kind.FRACTION, DB_SCORE),
        settings.number("unclip", Kind.NOT_NEGATIVE, DB_UNCLIP),
        settings.whole("most", Kind.COUNT, DB_MOST));
  }

  private Optional<Detector> boxes(Optional<String> head) {
    double score = settings.number("score", Kind.FRACTION, USUAL_SCORE);
    double overlap = settings.number("iou", Kind.FRACTION, USUAL_OVERLAP);
    int most = settings.whole("most", Kind.COUNT, USUAL_MOST);
    if (!settings.has("head")) {
      settings.report(
          clause,
          "detect does not say what the outputs mean",
          Optional.of("write head, and one of " + String.join(", ", HEADS)));
    }
    return head.flatMap(this::head)
        .map(it -> new Detector(it, score, overlap, settings.has("agnostic"), most));
  }

  private Optional<Head> head(String name) {
    onlyFor("threshold", DB);
    onlyFor("unclip", DB);
    if (!name.equals(SSD)) {
      onlyForSsd();
      if (!name.equals(CORNERS)) {
        onlyForBoxes();
      }
      if (!name.equals(SCRFD) && !name.equals(BLAZEFACE)) {
        onlyFor("anchors", "%s, %s and %s".formatted(SSD, SCRFD, BLAZEFACE));
      }
    }
    if (name.equals(CORNERS)) {
      onlyFor("strides", "heads of grids");
      return corners();
    }
    List<Integer> strides = wholes("strides", USUAL_STRIDES);
    return switch (name) {
      case YOLOX -> Optional.of(new Yolox(strides));
      case YOLOV5 -> Optional.of(new Yolo(Yolo.Version.V5, strides));
      case YOLOV8 -> Optional.of(new Yolo(Yolo.Version.V8, strides));
      case SCRFD ->
          Optional.of(new Scrfd(strides, settings.whole("anchors", Kind.COUNT, SCRFD_ANCHORS)));
      case YUNET -> Optional.of(new Yunet(strides));
      case BLAZEFACE ->
          Optional.of(
              new Blazeface(
                  settings.has("strides") ? strides : BLAZEFACE_STRIDES,
                  wholes("anchors", BLAZEFACE_ANCHORS)));
      default -> ssd(strides);
    };
  }

  private void onlyForSsd() {
    for (String key : List.of("variances", "landmarks", "softmax")) {
      onlyFor(key, SSD);
    }
  }

  private void onlyForBoxes() {
    onlyFor("boxes", SSD + " and " + CORNERS);
    onlyFor("scores", SSD + " and " + CORNERS);
  }

  private Optional<Head> corners() {
    Optional<Integer> boxes = output("boxes", true);
    Optional<Integer> scores = output("scores", true);
    return boxes.flatMap(it -> scores.map(other -> new Corners(it, other)));
  }

  private void onlyFor(String key, String heads) {
    if (settings.has(key)) {
      settings.report(
          settings.span(key), "%s belongs to %s".formatted(key, heads), Optional.of("remove it"));
    }
  }

  private List<Integer> wholes(String key, List<Integer> otherwise) {
    Optional<Datum> datum = settings.any(key);
    if (datum.isEmpty()) {
      return otherwise;
    }
    if (datum.get() instanceof Datum.Listed(var elements)
        && !elements.isEmpty()
        && elements.stream().allMatch(Kind.COUNT::accepts)) {
      return elements.stream().map(each -> (int) ((Datum.Int) each).value()).toList();
    }
    settings.report(
        settings.valueSpan(key),
        key + " are a list of whole numbers from 1",
        Optional.of("write %s %s".formatted(key, otherwise)));
    return otherwise;
  }

  private Optional<Head> ssd(List<Integer> strides) {
    Optional<List<List<Ssd.Prior>>> priors = priors();
    double centre = 0.1;
    double size = 0.2;
    Optional<Datum> variances = settings.any("variances");
    if (variances.isPresent()) {
      if (variances.get() instanceof Datum.Listed(var two)
          && two.size() == 2
          && two.stream().allMatch(Kind.NUMBER::accepts)) {
        centre = Operators.real(two.getFirst());
        size = Operators.real(two.getLast());
      } else {
        settings.report(
            settings.valueSpan("variances"),
            "variances are a list of two numbers, of the centre and of the size",
            Optional.of("write variances [0.1, 0.2]"));
      }
    }
    Optional<Integer> boxes = output("boxes", true);
    Optional<Integer> scores = output("scores", true);
    Optional<Integer> landmarks = output("landmarks", settings.has("landmarks"));
    if (priors.isEmpty() || boxes.isEmpty() || scores.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Ssd(
            boxes.get(),
            scores.get(),
            landmarks.orElse(-1),
            strides,
            priors.get(),
            centre,
            size,
            settings.has("softmax")));
  }

  private Optional<List<List<Ssd.Prior>>> priors() {
    Optional<Datum> datum = settings.any("anchors");
    List<List<Ssd.Prior>> priors = new ArrayList<>();
    if (datum.isPresent() && datum.get() instanceof Datum.Listed(var grids)) {
      for (Datum grid : grids) {
        priors.add(
            (grid instanceof Datum.Listed(var cell) ? cell : List.of(grid))
                .stream().map(DetectClause::prior).flatMap(Optional::stream).toList());
      }
      long told =
          grids.stream()
              .mapToLong(grid -> grid instanceof Datum.Listed(var cell) ? cell.size() : 1)
              .sum();
      if (told > 0 && told == priors.stream().mapToLong(List::size).sum()) {
        return Optional.of(priors);
      }
    }
    settings.report(
        settings.has("anchors") ? settings.span("anchors") : clause,
        "anchors are a list for each stride, of numbers above 0, sizes or lists [height, width], in"
            + " pixels",
        Optional.of("write anchors [[10, 16, 24], [32, 48]]"));
    return Optional.empty();
  }

  private static Optional<Ssd.Prior> prior(Datum datum) {
    return switch (datum) {
      case Datum.Size(long height, long width) -> Optional.of(new Ssd.Prior(height, width));
      case Datum.Listed(var two)
          when two.size() == 2 && two.stream().allMatch(DetectClause::isLength) ->
          Optional.of(new Ssd.Prior(Operators.real(two.getFirst()), Operators.real(two.getLast())));
      case Datum it when isLength(it) ->
          Optional.of(new Ssd.Prior(Operators.real(it), Operators.real(it)));
      case Datum _ -> Optional.empty();
    };
  }

  private static boolean isLength(Datum datum) {
    return Kind.NUMBER.accepts(datum) && Operators.real(datum) > 0;
  }

  /** Which output it is: the one that the setting names, or else the one of its own name. */
  private Optional<Integer> output(String key, boolean required) {
    if (signature.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = signature.get().outputs().stream().map(Signature.Output::name).toList();
    String name = settings.has(key) ? settings.name(key).orElse("") : key;
    int index = names.indexOf(name);
    if (index < 0 && required) {
      settings.report(
          settings.has(key) ? settings.valueSpan(key) : clause,
          "no output is called %s; the outputs are %s"
              .formatted(name.isEmpty() ? "so" : name, String.join(", ", names)),
          Optional.of("write %s NAME, with the name of an output".formatted(key)));
    }
    return index < 0 ? Optional.empty() : Optional.of(index);
  }
}
