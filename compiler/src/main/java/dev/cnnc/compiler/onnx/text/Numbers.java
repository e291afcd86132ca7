package dev.cnnc.compiler.onnx.text;

import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers in an expression, which may differ between modules of one block.
 *
 * @param parameters of blocks, by name
 */
record Numbers(Map<String, List<String>> parameters) {

  private static final Map<String, List<String>> PLACES =
      Map.ofEntries(
          Map.entry("conv", List.of("filters", "size")),
          Map.entry("dwconv", List.of("size")),
          Map.entry("fc", List.of("outputs")),
          Map.entry("maxpool", List.of("size")),
          Map.entry("avgpool", List.of("size")),
          Map.entry("slice", List.of("from", "to")),
          Map.entry("shuffle", List.of("groups")),
          Map.entry("crop", List.of("size")),
          Map.entry("scale", List.of("factor")),
          Map.entry("leaky_relu", List.of("slope")),
          Map.entry("clip", List.of("least", "most")),
          Map.entry("tensor", List.of("shape")),
          Map.entry("attention", List.of("heads")),
          Map.entry("attend", List.of("heads")),
          Map.entry("reshape", List.of("shape")),
          Map.entry("permute", List.of("order")),
          Map.entry("groupnorm", List.of("groups")),
          Map.entry("power", List.of("exponent")));

  /** A replacement of numbers. */
  interface Change {
    /**
     * The expression that replaces a number.
     *
     * @param use role of the number in its layer
     */
    Ast.Expression of(String use, Ast.Expression number);
  }

  Numbers with(String block, List<String> names) {
    Map<String, List<String>> more = new HashMap<>(parameters);
    more.put(block, names);
    return new Numbers(more);
  }

  /** The same with every number changed, in the order of the text. */
  Ast.Expression changed(Ast.Expression expression, Change change) {
    return changed(expression, "n", change);
  }

  private Ast.Expression changed(Ast.Expression expression, String use, Change change) {
    return switch (expression) {
      case Ast.Labelled labelled ->
          new Ast.Labelled(
              labelled.label(),
              changed(
                  labelled.step(),
                  labelled.step() instanceof Ast.Call ? use : word(labelled),
                  change),
              labelled.span());
      case Ast.Binary binary ->
          new Ast.Binary(
              binary.operator(),
              changed(binary.left(), use, change),
              changed(binary.right(), "times", change),
              binary.span());
      case Ast.Call call -> call(call, change);
      case Ast.Bracket bracket
          when bracket.elements().stream().allMatch(Ast.Int.class::isInstance) ->
          change.of(use, bracket);
      case Ast.Chain _, Ast.Unary _, Ast.Bracket _ ->
          Children.changed(expression, child -> changed(child, use, change));
      case Ast.Int _, Ast.Real _, Ast.Size _ -> change.of(use, expression);
      case Ast.Text _, Ast.Choice _ -> expression;
    };
  }

  private static String word(Ast.Labelled labelled) {
    return labelled.label().parts().size() == 1
            && labelled.label().parts().getFirst() instanceof Ast.LabelPart.Fixed(String text)
            && text.matches("[a-z_]+")
        ? text
        : "n";
  }

  private Ast.Expression call(Ast.Call call, Change change) {
    if (call.arguments().isEmpty()) {
      return call;
    }
    List<String> uses =
        parameters.getOrDefault(
            call.name().text(), PLACES.getOrDefault(call.name().text(), List.of()));
    List<Ast.Expression> arguments = new ArrayList<>();
    for (Ast.Expression argument : call.arguments().get()) {
      int place = arguments.size();
      arguments.add(changed(argument, place < uses.size() ? uses.get(place) : "n", change));
    }
    return new Ast.Call(call.name(), Optional.of(arguments), call.span());
  }
}
