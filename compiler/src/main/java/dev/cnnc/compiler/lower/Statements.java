package dev.cnnc.compiler.lower;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.dsl.Ast;
import dev.cnnc.dsl.Parsed;
import dev.cnnc.dsl.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Lowers the statements of one file: first the definitions of names, then the values in their
 * order.
 */
final class Statements {

  static final String UNNAMED = "output";

  private final Problems problems = new Problems();
  private final LayerTable table = LayerTable.standard();
  private final Limits limits = new Limits(problems);
  private final Evaluator evaluator = new Evaluator(problems, limits);
  private final GraphDraft draft = new GraphDraft(problems);
  private final Steps steps = new Steps(problems, limits, evaluator, table, draft);
  private final Scope scope = new Scope("");
  private final Map<String, Flow> outputs = new LinkedHashMap<>();
  private final Map<String, Span> outputSpans = new LinkedHashMap<>();
  private final Set<Integer> named = new HashSet<>();
  private final Parsed parsed;
  private final Ast.Network tree;
  private final Single single;
  private final Clauses clauses;
  private final Declarations declared;
  private final Names names;

  Statements(Parsed parsed, Project project, Sources sources) {
    this.parsed = parsed;
    this.tree = parsed.network();
    this.declared = Declarations.of(parsed, sources, problems, table);
    this.names = declared.names();
    this.single = new Single(problems, parsed);
    this.clauses = new Clauses(problems, evaluator, this::start, project);
  }

  Lowered lower() {
    if (declared.isLibrary()) {
      return declared.library();
    }
    Optional<Ast.Title> title = single.find(Ast.Title.class, "network", true);
    List<Ast.Input> inputs = single.all(Ast.Input.class, "input");
    inputs.forEach(this::input);
    for (Ast.Statement statement : tree.statements()) {
      switch (statement) {
        case Ast.Value value -> value(value);
        case Ast.Pipeline pipeline -> pipeline(pipeline, !inputs.isEmpty());
        case Ast.Title _,
            Ast.Use _,
            Ast.Input _,
            Ast.Weights _,
            Ast.Labels _,
            Ast.Preprocess _,
            Ast.Answer _,
            Ast.Budget _,
            Ast.Exact _,
            Ast.Definition _ -> {}
      }
    }
    if (outputs.isEmpty() && parsed.complete()) {
      problems.add(
          Code.E210,
          title.map(Ast.Title::span).orElse(single.start()),
          Frame.ROOT,
          "the network has no output",
          "end with a pipeline, NAME -> ..., or with output NAME = ...");
    }
    Optional<Network> network = finish(title, inputs);
    return new Lowered(network, Optional.empty(), declared.paths(), declared.diagnostics());
  }

  private Here start() {
    return new Here(Flow.NOTHING, Environment.root(names), scope, true, Optional.empty());
  }

  private void input(Ast.Input input) {
    Datum datum = evaluator.evaluate(input.shape(), start());
    Flow flow = Flow.UNKNOWN;
    if (Kind.SHAPE.accepts(datum) && ((Datum.Listed) datum).elements().size() != 2) {
      List<Long> sides =
          ((Datum.Listed) datum)
              .elements().stream().map(element -> ((Datum.Int) element).value()).toList();
      long height = sides.size() == 1 ? 1 : sides.get(1);
      long width = sides.size() == 1 ? 1 : sides.get(2);
      switch (Signature.make(sides.getFirst(), height, width)) {
        case Signature.Result.Fits(Shape shape) -> {
          String name = input.name().text();
          Flow.Known known =
              draft.add(
                  new GraphDraft.Item(
                      name,
                      true,
                      new Op.Input(),
                      List.of(),
                      shape,
                      input.span(),
                      Frame.ROOT,
                      false));
          named.add(known.node());
          flow = known;
        }
        case Signature.Result.Problem(String message, var help) ->
            problems.add(Code.E204, input.shape().span(), Frame.ROOT, "the input " + message, help);
      }
    } else if (!datum.isUnknown()) {
      problems.add(
          Code.E203,
          input.shape().span(),
          Frame.ROOT,
          "the input's shape is [channels, height, width], whole numbers from 1, not "
              + datum.written(),
          "write input %s [3, 224, 224]".formatted(input.name().text()));
    }
    names.assign(input.name().text(), flow);
  }

  private void value(Ast.Value value) {
    String name = value.name().text();
    Flow flow =
        Advice.isNumber(value.body()) ? constant(value) : steps.value(value.body(), start());
    if (flow instanceof Flow.Known(int node, _)) {
      named.add(node);
    }
    names.assign(name, flow);
    if (value.output()) {
      output(name, flow, value.name().span());
    }
  }

  private Flow constant(Ast.Value value) {
    problems.add(
        Code.E209,
        value.body().span(),
        Frame.ROOT,
        "a value is made by layers, and this is %s"
            .formatted(value.body() instanceof Ast.Bracket ? "a list" : "a number"),
        "numbers cannot be named here: make %s a parameter of a block"
            .formatted(value.name().text()));
    return Flow.UNKNOWN;
  }

  private void pipeline(Ast.Pipeline pipeline, boolean hasInput) {
    if (!hasInput
        && pipeline.body().steps().getFirst() instanceof Ast.Call call
        && names.announced(call.name().text()).isEmpty()) {
      names.assign(call.name().text(), Flow.UNKNOWN);
    }
    output(UNNAMED, steps.value(pipeline.body(), start()), pipeline.span());
  }

  private void output(String name, Flow flow, Span span) {
    names.use(name);
    Span first = outputSpans.putIfAbsent(name, span);
    if (first != null) {
      problems.add(
          Code.E211,
          span,
          Frame.ROOT,
          name.equals(UNNAMED)
              ? "only one pipeline can be without a name; the other one is at " + first
              : "two outputs are called " + name + "; the other one is at " + first,
          "write output NAME = ... for one of them");
      return;
    }
    outputs.put(name, flow);
  }

  private Optional<Network> finish(Optional<Ast.Title> title, List<Ast.Input> inputs) {
    List<Graph.Output> ends = new ArrayList<>();
    outputs.forEach(
        (name, flow) -> {
          if (flow instanceof Flow.Known(int node, _)) {
            ends.add(new Graph.Output(name, node));
            named.add(node);
          }
        });
    SequencedMap<String, Optional<Shape>> leaving = new LinkedHashMap<>();
    outputs.forEach((name, flow) -> leaving.put(name, shape(flow)));
    Clauses.Read read = clauses.read(single, entering(inputs), leaving);
    if (!limits.exhausted()) {
      draft.settle(ends);
    }
    if (problems.hasErrors() || !declared.readable()) {
      return Optional.empty();
    }
    warnUnused(inputs);
    ends.forEach(end -> draft.pixelwise(end).ifPresent(fc -> warnPixelwise(fc, draft.shape(end))));
    Ast.Title name = title.orElseThrow();
    return Optional.of(
        new Network(
            draft.finish(name.name().text(), ends),
            name.description().map(Ast.Text::text).orElse(""),
            read.inputs(),
            read.weights(),
            read.labels(),
            read.exact(),
            read.storage(),
            read.answers()));
  }

  /** The inputs with their shapes, as far as these are known. */
  private SequencedMap<String, Optional<Shape>> entering(List<Ast.Input> inputs) {
    SequencedMap<String, Optional<Shape>> entering = new LinkedHashMap<>();
    for (Ast.Input input : inputs) {
      String name = input.name().text();
      entering.put(name, names.peek(name).flatMap(Statements::shape));
    }
    return entering;
  }

  private static Optional<Shape> shape(Flow flow) {
    return flow instanceof Flow.Known(_, Shape shape) ? Optional.of(shape) : Optional.empty();
  }

  private void warnPixelwise(GraphDraft.Item fc, Shape output) {
    problems.add(
        Code.W234,
        fc.span(),
        fc.frame(),
        "fc acts on every pixel by itself, so the output is " + output,
        "for one answer a picture, write flatten or gap before the fc");
  }

  private void warnUnused(List<Ast.Input> inputs) {
    if (inputs.size() == 1) {
      names.use(inputs.getFirst().name().text()); // a network has one whether it reads it or not
    }
    names
        .unused()
        .forEach(
            name ->
                problems.add(Code.W230, name.span(), Frame.ROOT, name.text() + " is never used"));
    for (GraphDraft.Item item : draft.unread(named)) {
      problems.add(Code.W230, item.span(), item.frame(), "the result of this layer is never used");
    }
  }
}
