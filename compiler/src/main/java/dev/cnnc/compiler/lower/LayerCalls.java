package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.dsl.Ast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code conv(64, 3x3)}: turns arguments into an operation, and an operation into a node. */
final class LayerCalls {

  private static final Shape ANY = Shape.vector(1);

  private final Problems problems;
  private final Limits limits;
  private final Evaluator evaluator;
  private final GraphDraft draft;
  private final LayerTable table;
  private final Steps steps;
  private final ArgumentList argumentList;

  LayerCalls(
      Problems problems,
      Limits limits,
      Evaluator evaluator,
      GraphDraft draft,
      LayerTable table,
      Steps steps) {
    this.problems = problems;
    this.limits = limits;
    this.evaluator = evaluator;
    this.draft = draft;
    this.table = table;
    this.steps = steps;
    this.argumentList = new ArgumentList(problems);
  }

  /** Adds the layer to the graph. */
  Flow add(Layer layer, Ast.Call call, Here here) {
    limits.layer(call.span(), here.frame());
    String name = name(layer, call, here);
    Arguments arguments = new Arguments(name, arguments(layer, call, here));
    if (layer.source() ? !here.begins() : here.flow() instanceof Flow.Nothing) {
      problems.add(
          layer.source() ? Code.E213 : Code.E212,
          call.span(),
          here.frame(),
          layer.source()
              ? layer.name() + " begins a chain; what flows in here would be lost"
              : "nothing flows into " + layer.name(),
          layer.source()
              ? "join it: mul(identity, NAME: tensor(...))"
              : "begin with the input or another value: NAME -> " + layer.name());
      return Flow.UNKNOWN;
    }
    if (arguments.data().values().stream().anyMatch(Datum::isUnknown)) {
      return Flow.UNKNOWN;
    }
    if (here.flow() instanceof Flow.Known(_, Shape shape)) {
      Advice.channelsFirst(call, shape)
          .ifPresent(
              help ->
                  problems.add(
                      Code.W235,
                      call.span(),
                      here.frame(),
                      "this conv has %s filters of %sx%2$s and stride %s; is that meant?"
                          .formatted(
                              arguments.integer("filters"),
                              arguments.integer("size"),
                              call.arguments().orElseThrow().get(2).span().text()),
                      help));
    }
    return switch (here.flow()) {
      case Flow.Known(int node, Shape shape) ->
          layer.source()
              ? node(layer, call, here, arguments, List.of(), ANY)
              : node(layer, call, here, arguments, List.of(new Flow.Known(node, shape)), shape);
      case Flow.Unknown() -> Flow.UNKNOWN;
      case Flow.Nothing() -> node(layer, call, here, arguments, List.of(), ANY);
    };
  }

  private String name(Layer layer, Ast.Call call, Here here) {
    if (here.label().isPresent()) {
      return steps.name(here.label().get(), here);
    }
    if (layer.source()) {
      problems.add(
          Code.E217,
          call.span(),
          here.frame(),
          "a learned tensor needs a label: it is the tensor's name",
          "write layer_scale: tensor(...)");
    }
    return here.scope().number();
  }

  private Flow node(
      Layer layer,
      Ast.Call call,
      Here here,
      Arguments arguments,
      List<Flow.Known> inputs,
      Shape in) {
    List<Flow.Known> all = new ArrayList<>(inputs);
    for (Datum datum : arguments.data().values()) {
      if (datum instanceof Datum.Value(Flow.Known value)) {
        all.add(value);
      }
    }
    Flow flow = Flow.NOTHING;
    Shape entering = in;
    for (Layer.Part part : layer.parts()) {
      flow = part(layer, part, call, here, arguments, all, entering);
      if (!(flow instanceof Flow.Known known)) {
        return Flow.UNKNOWN;
      }
      all = List.of(known);
      entering = known.shape();
    }
    return flow;
  }

  private Flow part(
      Layer layer,
      Layer.Part part,
      Ast.Call call,
      Here here,
      Arguments arguments,
      List<Flow.Known> inputs,
      Shape in) {
    try {
      Op op = part.builder().build(arguments, in);
      switch (Signature.of(op, inputs.stream().map(Flow.Known::shape).toList())) {
        case Signature.Result.Fits(Shape shape) -> {
          return draft.add(
              new GraphDraft.Item(
                  arguments.layer() + part.suffix(),
                  false,
                  op,
                  inputs.stream().map(Flow.Known::node).toList(),
                  shape,
                  call.span(),
                  here.frame(),
                  !arguments.has("bias")));
        }
        case Signature.Result.Problem(String message, Optional<String> help) ->
            problems.add(Code.E204, call.span(), here.frame(), layer.name() + " " + message, help);
      }
    } catch (Refusal refusal) {
      problems.add(
          Code.E203,
          call.span(),
          here.frame(),
          layer.name() + " " + refusal.message(),
          refusal.help());
    }
    return Flow.UNKNOWN;
  }

  /** Arguments and defaults. A faulty argument is reported and becomes unknown. */
  private Map<String, Datum> arguments(Layer layer, Ast.Call call, Here here) {
    List<String> names = layer.parameters().stream().map(Parameter::name).toList();
    Set<String> required =
        layer.parameters().stream()
            .filter(Parameter::required)
            .map(Parameter::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, Ast.Expression> given =
        argumentList.match(call, names, required, layer::usage, here.frame());
    Map<String, Datum> data = new LinkedHashMap<>();
    for (Parameter parameter : layer.parameters()) {
      Optional.ofNullable(given.get(parameter.name()))
          .map(argument -> argument(layer, parameter, argument, here))
          .or(parameter::value)
          .or(() -> parameter.required() ? Optional.of(Datum.UNKNOWN) : Optional.empty())
          .ifPresent(datum -> data.put(parameter.name(), datum));
    }
    return data;
  }

  private Datum argument(Layer layer, Parameter parameter, Ast.Expression argument, Here here) {
    Datum datum =
        switch (parameter.kind()) {
          case VALUE -> new Datum.Value(steps.value(argument, here.branch()));
          case ACTIVATION -> activation(argument, here);
          case COUNT,
              NATURAL,
              NUMBER,
              BOUND,
              EXTENDED,
              NOT_NEGATIVE,
              FRACTION,
              SIZE,
              PADDING,
              MARGIN,
              SWITCH,
              PAIR,
              SHAPE,
              ORDER,
              AXES,
              EXTENT,
              WHOLE,
              BORDER,
              FACTORS,
              PART,
              MODE,
              METHOD,
              COORDINATES,
              ROUNDING,
              APPROXIMATION ->
              evaluator.evaluate(argument, here);
        };
    if (datum.isUnknown() || parameter.kind().accepts(datum)) {
      return datum;
    }
    problems.add(
        Code.E203,
        argument.span(),
        here.frame(),
        "%s of %s is %s, not %s"
            .formatted(
                parameter.name(), layer.name(), parameter.kind().description(), datum.written()),
        datum instanceof Datum.Real(double real)
            ? Advice.whole(argument, real)
            : Optional.<String>empty());
    return Datum.UNKNOWN;
  }

  /** The layer {@code argument} names, as a function of one number. */
  private Datum activation(Ast.Expression argument, Here here) {
    if (argument instanceof Ast.Call call) {
      Ast.Call resolved = steps.resolve(call, here);
      Optional<Layer> layer = table.find(resolved.name().text());
      if (layer.isPresent()) {
        Map<String, Datum> data = arguments(layer.get(), resolved, here);
        if (data.values().stream().anyMatch(Datum::isUnknown)) {
          return Datum.UNKNOWN;
        }
        try {
          if (layer.get().parts().getFirst().builder().build(new Arguments("", data), ANY)
              instanceof Op.Activate(var function)) {
            return new Datum.Function(function);
          }
        } catch (Refusal refusal) {
          problems.add(
              Code.E203,
              call.span(),
              here.frame(),
              layer.get().name() + " " + refusal.message(),
              refusal.help());
          return Datum.UNKNOWN;
        }
      }
    }
    return evaluator.evaluate(argument, here);
  }
}
