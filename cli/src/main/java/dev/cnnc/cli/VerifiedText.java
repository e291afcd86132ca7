package dev.cnnc.cli;

import dev.cnnc.compiler.verify.Difference;
import dev.cnnc.compiler.verify.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A comparison as text: every layer, then the conclusion. */
final class VerifiedText {
  private static final List<String> HEAD =
      List.of(
          "layer",
          "does",
          "output",
          "alone",
          "relative",
          "ULPs",
          "of limit",
          "in all",
          "relative",
          "ULPs");
  private static final List<String> PEER_HEAD = List.of("ONNX Runtime", "relative", "ULPs");

  /** Columns before this one are left-aligned: names, kinds and shapes. */
  private static final int FIRST_NUMBER = 3;

  /** ULPs above this are not printed exactly. */
  private static final double MANY = 1e5;

  private VerifiedText() {}

  static String of(Verified verified) {
    Verdict verdict = verified.verdict();
    boolean peer = verified.engine().isPresent();
    StringBuilder out = new StringBuilder();
    out.append(
        "%s on %s, %s, %s\n\n"
            .formatted(
                verified.network(),
                verified.input(),
                verified.threads() == 1 ? "1 thread" : verified.threads() + " threads",
                verified.engine().orElse("without ONNX Runtime")));
    List<List<String>> rows = verdict.layers().stream().map(each -> row(each, peer)).toList();
    out.append(
        new TextTable(
            joined(Stream.of(HEAD, peer ? PEER_HEAD : List.of())),
            FIRST_NUMBER,
            rows,
            worst(verdict, peer)));
    out.append('\n');
    verdict.outputs().forEach(output -> out.append(output(output)).append('\n'));
    out.append('\n');
    conclusions(verified).forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static List<String> row(Verdict.Layer layer, boolean peer) {
    return joined(
        Stream.of(
            List.of(layer.name(), layer.kinds(), layer.shape().toString()),
            cells(layer.alone()),
            List.of(share(layer.worst())),
            cells(layer.whole()),
            peer ? cells(layer.peer()) : List.of()));
  }

  private static List<String> worst(Verdict verdict, boolean peer) {
    List<Verdict.Layer> layers = verdict.layers();
    return joined(
        Stream.of(
            List.of("worst", "", ""),
            worst(layers.stream().map(Verdict.Layer::alone)),
            List.of(""),
            worst(layers.stream().map(Verdict.Layer::whole)),
            peer
                ? worst(
                    layers.stream()
                        .flatMap(layer -> layer.peer().stream())
                        .map(Verdict.Peer::whole))
                : List.of()));
  }

  /** The worst of each number. */
  private static List<String> worst(Stream<Difference> all) {
    List<Difference> each = all.toList();
    return List.of(
        number(each.stream().mapToDouble(Difference::absolute).max().orElse(0)),
        number(each.stream().mapToDouble(Difference::relative).max().orElse(0)),
        ulps(each.stream().mapToDouble(Difference::ulps).max().orElse(0)));
  }

  private static String output(Verdict.Output output) {
    return "%s %s: in all %s off, relative %s, ULPs %s%s"
        .formatted(
            output.name(),
            output.shape(),
            number(output.whole().absolute()),
            number(output.whole().relative()),
            ulps(output.whole().ulps()),
            output
                .peer()
                .map(
                    peer ->
                        "; ONNX Runtime %s, %s, %s"
                            .formatted(
                                number(peer.whole().absolute()),
                                number(peer.whole().relative()),
                                ulps(peer.whole().ulps())))
                .orElse(""));
  }

  private static List<String> conclusions(Verified verified) {
    Verdict verdict = verified.verdict();
    List<String> lines = new ArrayList<>();
    verdict
        .firstWrong()
        .ifPresent(
            layer ->
                lines.add(
                    "%s is the first layer that differs: alone it is %s off, and its limit is %s"
                        .formatted(
                            layer.name(),
                            number(layer.worst().absolute()),
                            number(layer.worst().limit()))));
    verdict
        .spoilt()
        .forEach(output -> lines.add(output.name() + " is not the value that its layer computed"));
    verdict
        .firstOfPeer()
        .ifPresent(
            layer ->
                lines.add(
                    "%s is the first layer at which ONNX Runtime differs".formatted(layer.name())));
    verdict
        .othersOfPeer()
        .forEach(
            output ->
                lines.add(
                    "%s differs when ONNX Runtime runs %s"
                        .formatted(
                            output.name(),
                            verified.model().map(Path::toString).orElse("our export"))));
    verdict
        .scattered()
        .forEach(
            output ->
                lines.add(
                    ("%s is %s of its largest number off although every layer agrees: the network"
                            + " amplifies roundings, so compare it on an input of its own domain"
                            + " (--input)")
                        .formatted(output.name(), number(output.scatter()))));
    verdict
        .empty()
        .forEach(
            output ->
                lines.add(
                    "%s has no finite number, so nothing was compared: try another input"
                        .formatted(output.name())));
    verified.unoptimised().ifPresent(again -> lines.add(fault(again)));
    if (lines.isEmpty()) {
      lines.add(
          verified.engine().isPresent()
              ? "the emitted class, the reference and ONNX Runtime agree"
              : "the emitted class and the reference agree");
    }
    Stream<String> notes = VerifiedNotes.of(verdict).stream().map(note -> "note: " + note);
    return Stream.concat(notes, lines.stream()).toList();
  }

  private static String fault(Verdict again) {
    return again.agrees()
        ? "without its optimisations ONNX Runtime agrees: they are at fault, not the class"
        : "the reference agrees with the class, and ONNX Runtime differs without its"
            + " optimisations too";
  }

  private static List<String> cells(Optional<Verdict.Peer> peer) {
    return peer.map(Verdict.Peer::whole).map(VerifiedText::cells).orElse(List.of("-", "-", "-"));
  }

  private static List<String> cells(Difference difference) {
    return List.of(
        number(difference.absolute()), number(difference.relative()), ulps(difference.ulps()));
  }

  private static String share(Verdict.Excess worst) {
    return worst.absolute() == 0
        ? "exact"
        : worst.limit() == 0
            ? "not exact"
            : String.format(Locale.ROOT, "%,.0f %%", 100 * worst.share());
  }

  static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String ulps(double value) {
    return value == 0 || value > MANY ? number(value) : String.format(Locale.ROOT, "%,.1f", value);
  }

  private static List<String> joined(Stream<List<String>> parts) {
    return parts.flatMap(List::stream).toList();
  }
}
