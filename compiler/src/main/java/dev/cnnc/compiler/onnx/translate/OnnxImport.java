package dev.cnnc.compiler.onnx.translate;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.compiler.ir.Shape;
import dev.cnnc.compiler.ir.Signature;
import dev.cnnc.compiler.onnx.Onnx;
import dev.cnnc.compiler.weights.SafetensorsWriter;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports an ONNX model as a network.
 *
 * <p>Invariant: the result is a verified network with its tensors, or a list of all problems.
 */
public final class OnnxImport {

  /** The oldest supported version of the operators. */
  public static final int OLDEST = 7;

  /** The newest supported version; the node tests of the standard use it. */
  public static final int NEWEST = 28;

  private final Onnx.Model model;
  private final Map<String, List<Long>> shapes;
  private final Map<String, Onnx.Tensor> given;
  private final Map<String, Constant> constants = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final OutputNames names = new OutputNames();

  private OnnxImport(
      Onnx.Model model, Map<String, List<Long>> shapes, Map<String, Onnx.Tensor> constants) {
    this.model = model;
    this.shapes = shapes;
    this.given = constants;
    model.graph().initializers().forEach(t -> this.constants.put(t.name(), Constant.of(t)));
    Map<String, Onnx.DataType> types = new HashMap<>();
    model.graph().inputs().forEach(input -> types.put(input.name(), input.type()));
    constants.forEach(
        (name, tensor) ->
            this.constants.put(
                name, Constant.of(tensor).named(name).as(types.getOrDefault(name, tensor.type()))));
  }

  /**
   * A network with its tensors and the recognised patterns, or the problems.
   *
   * @param notes what differs from the model, for the user
   */
  public record Result(
      Optional<Network> network,
      List<SafetensorsWriter.Tensor> tensors,
      Map<String, Integer> patterns,
      List<String> notes,
      List<Problem> problems) {
    public Result {
      tensors = List.copyOf(tensors);
      patterns = Map.copyOf(patterns);
      notes = List.copyOf(notes);
      problems = problems.stream().distinct().toList();
    }

    /** The tensors, without a file between. */
    public TensorSource source() {
      Map<String, SafetensorsWriter.Tensor> byName = new HashMap<>();
      tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
      return (name, shape) -> {
        SafetensorsWriter.Tensor tensor = byName.get(name);
        if (tensor == null || !tensor.shape().equals(shape)) {
          throw new IllegalArgumentException("there is no " + name + " of " + shape);
        }
        return tensor.data().get();
      };
    }
  }

  /**
   * Translates a model.
   *
   * @param name of the network
   * @param shapes of inputs with open dimensions, with or without the batch
   * @param constants inputs with known values
   */
  public static Result of(
      Onnx.Model model,
      String name,
      Map<String, List<Long>> shapes,
      Map<String, Onnx.Tensor> constants) {
    return new OnnxImport(model, shapes, constants).translate(name);
  }

  private Result translate(String name) {
    long version = model.version();
    if (version < OLDEST || version > NEWEST) {
      String reason = "are of version %s; %s to %s can be read".formatted(version, OLDEST, NEWEST);
      problems.add(new Problem("operators", "", reason, "export the model for version 17"));
      return failed();
    }
    List<Onnx.ValueInfo> inputs = inputs();
    if (inputs.isEmpty()) {
      problems.add(new Problem("inputs", "", "there are none", "export a model with an input"));
      return failed();
    }
    List<String> names = inputs.stream().map(Onnx.ValueInfo::name).toList();
    for (String other : shapes.keySet()) {
      if (!names.contains(other)) {
        problems.add(
            new Problem(
                "input",
                other,
                "is not there, but was given a shape",
                names.size() == 1
                    ? "the model's input is called " + names.getFirst()
                    : "the model's inputs are called " + String.join(", ", names)));
        return failed();
      }
    }
    List<Entering> entering = new ArrayList<>();
    inputs.forEach(input -> entering(input).ifPresent(entering::add));
    if (entering.size() < inputs.size()) {
      return failed();
    }
    if (names.stream().distinct().count() < names.size()) {
      problems.add(new Problem("inputs", "", "two have one name", "export the model again"));
      return failed();
    }
    return translate(name, entering);
  }

  /** An input whose shape is known. */
  private record Entering(String name, List<Integer> sizes, Shape shape) {}

  private Optional<Entering> entering(Onnx.ValueInfo input) {
    if (input.type().isWhole() && !IntegerInputs.areMoved(model.graph(), input.name())) {
      problems.add(
          new Problem(
              "input",
              input.name(),
              "holds integers that are not only converted to numbers",
              inputs().size() == 1
                  ? "export a model with an input of numbers"
                  : "give it a value: --constant %s=1".formatted(input.name())));
      return Optional.empty();
    }
    return sizes(input)
        .flatMap(
            sizes -> shape(input, sizes).map(shape -> new Entering(input.name(), sizes, shape)));
  }

  /** The inputs without a value; those that nothing reads do not count, if another is read. */
  private List<Onnx.ValueInfo> inputs() {
    Set<String> read = new HashSet<>();
    model.graph().nodes().forEach(node -> read.addAll(node.reads()));
    model.graph().outputs().forEach(output -> read.add(output.name()));
    List<Onnx.ValueInfo> open =
        model.graph().inputs().stream()
            .filter(input -> !constants.containsKey(input.name()))
            .toList();
    List<Onnx.ValueInfo> used = open.stream().filter(it -> read.contains(it.name())).toList();
    return used.isEmpty() ? open : used;
  }

  private Result failed() {
    return new Result(Optional.empty(), List.of(), Map.of(), List.of(), problems);
  }

  /** The sizes of an input. An open batch becomes 1; all other dimensions must be known. */
  private Optional<List<Integer>> sizes(Onnx.ValueInfo input) {
    List<Long> sizes = new ArrayList<>(shapes.getOrDefault(input.name(), input.dimensions()));
    if (shapes.containsKey(input.name()) && sizes.size() == input.dimensions().size() - 1) {
      sizes.addFirst(1L);
    }
    if (!sizes.isEmpty() && sizes.getFirst() == Onnx.ValueInfo.OPEN) {
      sizes.set(0, 1L);
    }
    boolean good =
        !sizes.isEmpty() && sizes.stream().allMatch(size -> size > 0 && size <= Integer.MAX_VALUE);
    if (!good) {
      problems.add(
          new Problem(
              "input",
              input.name(),
              "has the shape " + input.dimensions() + ", with an open or impossible size",
              "tell it: --input-shape " + input.name() + "=3,224,224"));
      return Optional.empty();
    }
    return Optional.of(sizes.stream().map(Math::toIntExact).toList());
  }

  private Optional<Shape> shape(Onnx.ValueInfo input, List<Integer> sizes) {
    Arrangement arrangement = arrangement(input.name(), sizes.size());
    return switch (Signature.make(
        side(sizes, arrangement.channels()),
        side(sizes, arrangement.rows()),
        side(sizes, arrangement.columns()))) {
      case Signature.Result.Fits(Shape shape) -> Optional.of(shape);
      case Signature.Result.Problem(String message, _) -> {
        problems.add(new Problem("input", input.name(), message, "give it a smaller shape"));
        yield Optional.empty();
      }
    };
  }

  private Arrangement arrangement(String input, int rank) {
    return ChannelsLast.is(model.graph(), input, rank)
        ? ChannelsLast.arrangement()
        : Arrangement.picture(rank);
  }

  /** The product of the sizes; too large a number if it overflows. */
  private static long side(List<Integer> sizes, List<Integer> dimensions) {
    long side = 1;
    for (int dimension : dimensions) {
      side = Math.min(1L << 32, side * sizes.get(dimension));
    }
    return side;
  }

  private Result translate(String name, List<Entering> inputs) {
    ImportDraft draft = new ImportDraft();
    Translation translation = new Translation(draft, model, constants);
    for (Entering input : inputs) {
      String word = input.name().isEmpty() ? "input" : input.name();
      int node = draft.input(word, input.shape());
      Arrangement arrangement = arrangement(input.name(), input.sizes().size());
      translation.define(input.name(), View.of(node, arrangement, input.sizes()));
    }
    model.graph().nodes().forEach(translation::add);
    List<Graph.Output> outputs = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (Onnx.ValueInfo output : model.graph().outputs()) {
      if (translation.value(output.name()) instanceof Value.Lost) {
        lost.add(output.name());
        continue;
      }
      try {
        outputs.add(output(output.name(), translation, draft));
      } catch (Refusal refusal) {
        problems.add(new Problem("output", output.name(), refusal.reason(), refusal.cure()));
      }
    }
    problems.addAll(translation.problems(lost));
    if (!lost.isEmpty() && problems.isEmpty()) {
      String reason = "needs a value that nothing defines";
      problems.add(new Problem("output", lost.getFirst(), reason, "export the model again"));
    }
    if (outputs.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem("outputs", "", "there are none", "export the model again"));
    }
    if (!problems.isEmpty()) {
      problems.replaceAll(problem -> cured(problem, inputs));
      List<String> notes = lost.isEmpty() ? List.of() : rest(lost);
      return new Result(Optional.empty(), List.of(), Map.of(), notes, problems);
    }
    ImportDraft.Finished finished = draft.finish(name, outputs);
    problems.addAll(FiniteCheck.problems(finished));
    if (!problems.isEmpty()) {
      return failed();
    }
    List<String> notes = new ArrayList<>();
    for (Entering input : inputs) {
      if (ChannelsLast.is(model.graph(), input.name(), input.sizes().size())) {
        notes.add("input %s is %s: the channels come first".formatted(input.name(), input.shape()));
      }
    }
    notes.addAll(names.changed());
    Network network =
        new Network(
            finished.graph(),
            "",
            inputs.stream().map(Entering::name).map(Network.Input::of).toList(),
            new Network.Weights.Unsaid(),
            List.of(),
            false,
            Storage.F32);
    return new Result(
        Optional.of(network), finished.tensors(), translation.patterns(), notes, List.of());
  }

  /** Tells which outputs need none of the lost values. */
  private List<String> rest(List<String> lost) {
    String others =
        model.graph().outputs().stream()
            .map(Onnx.ValueInfo::name)
            .filter(name -> !lost.contains(name))
            .map(name -> " --only " + name)
            .collect(Collectors.joining());
    return others.isEmpty()
        ? List.of()
        : List.of("the other outputs can be imported alone:" + others);
  }

  /** A model of many pictures may be one of a single picture too; a trial tells. */
  private Problem cured(Problem problem, List<Entering> inputs) {
    if (!problem.cure().equals(Refusal.ONE_PICTURE)
        || inputs.stream().allMatch(input -> input.sizes().getFirst() == 1)) {
      return problem;
    }
    Map<String, List<Long>> single = new HashMap<>();
    StringBuilder told = new StringBuilder();
    for (Entering input : inputs.stream().filter(it -> it.sizes().getFirst() > 1).toList()) {
      List<Long> rest = input.sizes().stream().skip(1).map(Integer::longValue).toList();
      single.put(input.name(), Stream.concat(Stream.of(1L), rest.stream()).toList());
      told.append(" --input-shape ").append(input.name()).append('=');
      told.append(String.join(",", rest.stream().map(String::valueOf).toList()));
    }
    boolean works = new OnnxImport(model, single, given).translate("trial").network().isPresent();
    return works
        ? new Problem(
            problem.operator(),
            problem.name(),
            problem.reason(),
            "import it for one picture:" + told)
        : problem;
  }

  private Graph.Output output(String name, Translation translation, ImportDraft draft)
      throws Refusal {
    View view =
        switch (translation.value(name)) {
          case Value.Computed(View computed) -> computed;
          case Value.Known(Constant constant) ->
              new Layouts(draft).learned(constant, Arrangement.picture(constant.rank()), name);
          case Value.Lost _, Value.Absent _ ->
              throw new Refusal("is not there", "export the model again");
        };
    View ready = new Layouts(draft).arranged(view, Arrangement.picture(view.rank()), name);
    boolean only = model.graph().outputs().size() == 1;
    return new Graph.Output(only ? OutputNames.UNNAMED : names.of(name), ready.node());
  }
}
