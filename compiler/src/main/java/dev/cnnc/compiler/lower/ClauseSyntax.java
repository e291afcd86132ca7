package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.dsl.Ast;
import dev.cnnc.runtime.Preprocess;
import dev.cnnc.runtime.Preprocess.Filter;
import dev.cnnc.runtime.Preprocess.Order;
import dev.cnnc.runtime.Preprocess.Resize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The clauses of a network as statements: the inverse of {@link Clauses}. */
public final class ClauseSyntax {

  private ClauseSyntax() {}

  /**
   * The statements.
   *
   * @param names of the inputs in the text
   * @param weights the file with the tensors, if the text shall name it
   */
  public static List<Ast.Statement> statements(
      Network network, List<String> names, Optional<String> weights) {
    List<Ast.Statement> statements = new ArrayList<>();
    Optional<Ast.Text> description =
        network.description().isEmpty()
            ? Optional.empty()
            : Optional.of(Syntax.text(network.description()));
    statements.add(new Ast.Title(Syntax.name(network.graph().name()), description, Syntax.NOWHERE));
    for (int i = 0; i < names.size(); i++) {
      Shape shape = network.graph().node(i).shape();
      statements.add(
          new Ast.Input(
              Syntax.name(names.get(i)),
              Syntax.list(shape.channels(), shape.height(), shape.width()),
              Syntax.NOWHERE));
    }
    weights.ifPresent(
        file ->
            statements.add(new Ast.Weights(Syntax.text(file), Optional.empty(), Syntax.NOWHERE)));
    if (!network.labels().isEmpty()) {
      statements.add(
          new Ast.Labels(
              Syntax.list(network.labels().stream().map(Syntax::text).toList()), Syntax.NOWHERE));
    }
    for (int i = 0; i < names.size(); i++) {
      Optional<Ast.Name> input =
          names.size() == 1 ? Optional.empty() : Optional.of(Syntax.name(names.get(i)));
      network
          .inputs()
          .get(i)
          .preprocess()
          .ifPresent(p -> statements.add(new Ast.Preprocess(input, settings(p), Syntax.NOWHERE)));
    }
    List<String> outputs = network.graph().outputs().stream().map(Graph.Output::name).toList();
    network
        .answers()
        .forEach(answer -> AnswerSyntax.statement(answer, outputs).ifPresent(statements::add));
    if (network.exact()) {
      statements.add(new Ast.Exact(Syntax.NOWHERE));
    }
    return statements;
  }

  private static List<Ast.Setting> settings(Preprocess preprocess) {
    List<Ast.Setting> settings = new ArrayList<>();
    switch (preprocess.resize()) {
      case Resize.None() -> {}
      case Resize.ShortSide(int pixels) ->
          settings.add(setting("resize", Syntax.number((long) pixels)));
      case Resize.Exact(int height, int width) ->
          settings.add(setting("resize", Syntax.size(height, width)));
      case Resize.Multiple(int pixels, int multiple) -> {
        settings.add(setting("resize", Syntax.number((long) pixels)));
        settings.add(setting("multiple", Syntax.number((long) multiple)));
      }
      case Resize.Letterbox(int height, int width, int fill, int stride, boolean corner) -> {
        settings.add(setting("letterbox", Syntax.size(height, width)));
        settings.add(setting("fill", Syntax.number((long) fill)));
        if (stride > 0) {
          settings.add(setting("stride", Syntax.number((long) stride)));
        }
        if (corner) {
          settings.add(setting("place", word("corner")));
        }
      }
    }
    boolean boxed = preprocess.resize() instanceof Resize.Letterbox;
    if (boxed != (preprocess.filter() == Filter.OPENCV)) {
      settings.add(setting("filter", word(boxed ? "pillow" : "opencv")));
    }
    if (preprocess.order() == Order.BGR) {
      settings.add(new Ast.Setting(Syntax.name("bgr"), Optional.empty(), Syntax.NOWHERE));
    }
    if (preprocess.cropHeight() > 0) {
      settings.add(setting("crop", Syntax.size(preprocess.cropHeight(), preprocess.cropWidth())));
    }
    settings.add(setting("scale", Syntax.number(preprocess.scale())));
    if (!preprocess.mean().isEmpty()) {
      settings.add(setting("mean", numbers(preprocess.mean())));
    }
    if (!preprocess.deviation().isEmpty()) {
      settings.add(setting("std", numbers(preprocess.deviation())));
    }
    return settings;
  }

  private static Ast.Setting setting(String name, Ast.Expression value) {
    return new Ast.Setting(Syntax.name(name), Optional.of(value), Syntax.NOWHERE);
  }

  private static Ast.Expression word(String word) {
    return new Ast.Call(Syntax.name(word), Optional.empty(), Syntax.NOWHERE);
  }

  private static Ast.Expression numbers(List<Double> numbers) {
    return Syntax.list(numbers.stream().map(Syntax::number).toList());
  }
}
