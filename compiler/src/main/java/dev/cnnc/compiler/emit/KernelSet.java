package dev.cnnc.compiler.emit;

import dev.cnnc.compiler.ir.Epilogue;
import dev.cnnc.compiler.ir.Op;
import dev.cnnc.compiler.ir.Window;
import dev.cnnc.compiler.plan.GeneralKernel;
import dev.cnnc.compiler.plan.Kernel;
import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Reading;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.runtime.weights.Storage;
import dev.cnnc.runtime.weights.Tile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The kernels that a plan needs, each once, however many layers share it. */
final class KernelSet {
  private final Plan plan;

  /** Of all tiles of sums, by the names of their constants. */
  private final Map<String, Epilogue> epilogues = new LinkedHashMap<>();

  /** Those that a loop of its own does to sums in memory. */
  private final Map<String, Epilogue> inMemory = new LinkedHashMap<>();

  /** Of convs and grouped convs, whose tiles are the same where registers are few. */
  private final Ends convs = new Ends();

  /** Of convs whose reads are listed. */
  private final Ends listedConvs = new Ends();

  private final Map<Tile.Use, Set<Integer>> outputs = new EnumMap<>(Tile.Use.class);

  private final Set<Integer> winogradOutputs = new TreeSet<>();

  private final Set<Integer> strassenOutputs = new TreeSet<>();

  /** Keys, and channels of a head. */
  private final Set<Integer> attentionSizes = new TreeSet<>();

  private final Set<Integer> listedOutputs = new TreeSet<>();

  private int largestGroup;

  KernelSet(Plan plan) {
    this.plan = plan;
    for (Step step : plan.steps()) {
      int padded = Tile.padded(step.write().channels());
      switch (step.kernel()) {
        case Kernel.Conv(var window, var reading, Epilogue epilogue) -> {
          switch (reading) {
            case LISTED -> note(listedConvs, listedOutputs, padded, epilogue, true);
            case RUNS, STREAMED -> {
              boolean oneRun = window.taps() == 1;
              note(convs, outputs(reading.use()), padded, epilogue, oneRun);
            }
          }
        }
        case Kernel.WinogradConv(int _, int _, int _, boolean _, var _, Epilogue epilogue) ->
            note(winogradOutputs, padded, epilogue);
        case Kernel.StrassenConv(var _, Epilogue epilogue) ->
            note(strassenOutputs, padded / 2, epilogue);
        case Kernel.FcOfHalves(var _, Epilogue epilogue) -> noteInMemory(epilogue);
        case Kernel.StripConv(int _, var _, Epilogue epilogue) -> {
          listedConvs.inMemory = true;
          noteInMemory(epilogue);
        }
        case Kernel.Fc(Epilogue epilogue) -> note(outputs(Tile.Use.FC), padded, epilogue);
        case Kernel.ScaledConv(var _, var _, Epilogue epilogue) ->
            note(convs, outputs(Tile.Use.CONV), padded, epilogue, true);
        case Kernel.GatedConv(var _, Epilogue epilogue) ->
            note(convs, outputs(Tile.Use.CONV), padded, epilogue, true);
        case Kernel.GroupedConv(var _, int _, int _, int _, Epilogue epilogue) -> {
          convs.inMemory = true;
          note(outputs(Tile.Use.GROUPED_CONV), padded, epilogue);
        }
        case Kernel.Attention(int heads) -> {
          attentionSizes.add(Tile.padded(step.write().height() * step.write().width()));
          attentionSizes.add(Tile.padded(step.write().channels() / heads));
        }
        case Kernel.GroupedStrips strips -> {
          if (StripEnd.of(strips).finished()) {
            noteEpilogue(strips.epilogue());
          } else {
            noteInMemory(strips.epilogue());
          }
          if (strips.isButterfly()) {
            largestGroup = Math.max(largestGroup, strips.size());
          }
        }
        case Kernel.Depthwise _,
            Kernel.Pool _,
            Kernel.PlanarConv _,
            Kernel.PlanarPool _,
            Kernel.Pointwise _,
            Kernel.LayerNorm _,
            Kernel.Scale _,
            Kernel.Prelu _,
            Kernel.Add _,
            Kernel.Multiply _,
            Kernel.Copy _,
            Kernel.Tokens _,
            Kernel.Crop _,
            Kernel.Shuffle _,
            Kernel.Upsample _,
            Kernel.Flatten _,
            Kernel.Softmax _,
            Kernel.LocalResponseNorm _,
            Kernel.Learned _,
            Kernel.Clear _,
            Kernel.ClearHalo _,
            Kernel.Family _ -> {}
      }
    }
  }

  /** How convs that share tiles end, as they are counted. */
  private static final class Ends {
    /** Epilogues that are done in registers, by the names of their constants. */
    private final Map<String, Epilogue> inRegisters = new LinkedHashMap<>();

    /** Whether some sums go to memory. */
    private boolean inMemory;
  }

  private Set<Integer> outputs(Tile.Use use) {
    return outputs.computeIfAbsent(use, _ -> new TreeSet<>());
  }

  private void note(Set<Integer> counts, int padded, Epilogue epilogue) {
    noteInMemory(epilogue);
    counts.add(padded);
  }

  private void noteEpilogue(Epilogue epilogue) {
    epilogues.putIfAbsent(TileFinish.constant(epilogue), epilogue);
  }

  private void noteInMemory(Epilogue epilogue) {
    noteEpilogue(epilogue);
    inMemory.putIfAbsent(TileFinish.constant(epilogue), epilogue);
  }

  /** Of a conv of either kind, which ends in registers if it reads in one run and ends shortly. */
  private void note(Ends ends, Set<Integer> counts, int padded, Epilogue epilogue, boolean oneRun) {
    if (oneRun && FinishedTiles.finish(epilogue)) {
      counts.add(padded);
      noteEpilogue(epilogue);
      ends.inRegisters.putIfAbsent(TileFinish.constant(epilogue), epilogue);
    } else {
      ends.inMemory = true;
      note(counts, padded, epilogue);
    }
  }

  private Finishing finishing(Tile.Use use) {
    return switch (use) {
      case CONV, STREAMED_CONV, GROUPED_CONV -> finishing(convs);
      case FC -> new Finishing(List.of(), true, inMemory.values());
    };
  }

  private Finishing finishing(Ends ends) {
    return new Finishing(ends.inRegisters.values(), ends.inMemory, inMemory.values());
  }

  /** Whether places are listed: of tiles of sums, or of what a window reads. */
  boolean hasLists() {
    return !epilogues.isEmpty()
        || plan.steps().stream().anyMatch(step -> step.kernel() instanceof Kernel.PlanarConv);
  }

  /** Whether every second lane is kept. */
  boolean halves() {
    return plan.steps().stream()
        .anyMatch(
            step ->
                step.kernel() instanceof Kernel.PlanarPool pool
                    && pool.window().strideWidth() == 2);
  }

  /** Channels of the largest group whose sums a butterfly adds up. */
  int largestGroup() {
    return largestGroup;
  }

  /** Names of the constants for what happens to a tile of sums, in order. */
  List<String> finishes() {
    return List.copyOf(epilogues.keySet());
  }

  /** The most runs that any window is read in. */
  int segments() {
    return plan.steps().stream().mapToInt(KernelSet::segments).max().orElse(1);
  }

  private static int segments(Step step) {
    return switch (step.kernel()) {
      case Kernel.Conv(var window, var reading, var _) ->
          reading == Reading.LISTED ? reads(window, step) : window.taps();
      case Kernel.PlanarConv(int _, int _, var window, var _) -> reads(window, step);
      case Kernel.StripConv(int _, var window, var _) -> reads(window, step);
      case Kernel.GroupedStrips strips when strips.isButterfly() -> strips.window().taps();
      case Kernel.GroupedConv(var window, int _, int _, int _, var _) -> window.taps();
      case Kernel.Fc _, Kernel.FcOfHalves _ ->
          step.reads().getFirst().height() * step.reads().getFirst().width();
      case Kernel.StrassenConv _ -> Kernel.BLOCK / 2;
      default -> 1;
    };
  }

  private static int reads(Window window, Step step) {
    return window.taps() * step.reads().getFirst().channels();
  }

  /** All methods, callers before what they call, each once. */
  List<KernelMethod> methods(Lanes lanes) {
    // Written once, however many layers share them: they are the longest.
    Map<Tile.Use, ConvKernels.Panels> panels = new EnumMap<>(Tile.Use.class);
    outputs.forEach(
        (use, counts) ->
            panels.put(use, ConvKernels.Panels.of(lanes, use, counts, finishing(use))));
    Map<String, KernelMethod> all = new LinkedHashMap<>();
    // Each kernel once, for their texts are long and steps may be a thousand.
    for (Kernel kernel : new LinkedHashSet<>(plan.steps().stream().map(Step::kernel).toList())) {
      collect(entry(kernel, lanes, panels), all);
    }
    return new ArrayList<>(all.values());
  }

  /**
   * Adds a method and those that it calls, each once.
   *
   * @throws IllegalStateException if another of the same name is not the same throughout
   */
  static void collect(KernelMethod method, Map<String, KernelMethod> all) {
    KernelMethod known = all.putIfAbsent(method.name(), method);
    if (known == null) {
      method.calls().forEach(called -> collect(called, all));
    } else if (!known.equals(method)) {
      throw new IllegalStateException("two kernels are called " + method.name());
    }
  }

  private static KernelMethod tiles(
      Lanes lanes, Tile.Use use, Map<Tile.Use, ConvKernels.Panels> panels) {
    return ConvKernels.of(lanes, use, Objects.requireNonNull(panels.get(use)));
  }

  private KernelMethod entry(Kernel kernel, Lanes lanes, Map<Tile.Use, ConvKernels.Panels> panels) {
    return switch (kernel) {
      case Kernel.Conv conv ->
          switch (conv.reading()) {
            case LISTED -> FewChannelsKernel.of(lanes, listedOutputs, finishing(listedConvs));
            case RUNS, STREAMED -> tiles(lanes, conv.reading().use(), panels);
          };
      case Kernel.GroupedStrips strips -> GroupedStrips.of(lanes, strips, inMemory.values());
      case Kernel.GroupedConv _ -> tiles(lanes, Tile.Use.GROUPED_CONV, panels);
      case Kernel.Fc _ -> tiles(lanes, Tile.Use.FC, panels);
      case Kernel.FcOfHalves(Storage storage, var _) ->
          FcOfHalvesKernel.of(lanes, storage, inMemory.values());
      case Kernel.WinogradConv winograd ->
          WinogradKernels.of(
              lanes,
              winograd,
              ConvKernels.used(Tile.Use.CONV, lanes, winogradOutputs),
              inMemory.values());
      case Kernel.StrassenConv _ ->
          StrassenKernels.of(
              lanes, ConvKernels.used(Tile.Use.CONV, lanes, strassenOutputs), inMemory.values());
      case Kernel.Depthwise(var window, boolean strips, Epilogue epilogue) ->
          strips ? DepthwiseStrips.of(lanes, window, epilogue) : DepthwiseKernel.of(epilogue);
      case Kernel.Pool(Op.Reduction reduction, var _, boolean _) -> PoolKernel.of(reduction);
      case Kernel.StripConv conv -> StripConvKernel.of(lanes, conv, finishing(listedConvs));
      case Kernel.PlanarConv conv -> PlanarConvKernel.of(lanes, conv);
      case Kernel.PlanarPool pool -> PlanarPoolKernel.of(lanes, pool);
      case Kernel.Pointwise(var function) -> PointwiseKernels.activation(function);
      case Kernel.LayerNorm _ -> LayerNormKernel.of(lanes);
      case Kernel.Scale(var function) -> PointwiseKernels.scale(function);
      case Kernel.ScaledConv(var _, var function, var _) ->
          ScaledConvKernel.of(function, Objects.requireNonNull(panels.get(Tile.Use.CONV)));
      case Kernel.GatedConv _ ->
          ScaledConvKernel.gated(Objects.requireNonNull(panels.get(Tile.Use.CONV)));
      case Kernel.Prelu() -> PointwiseKernels.prelu();
      case Kernel.Add _ -> PointwiseKernels.add();
      case Kernel.Multiply() -> PointwiseKernels.multiply();
      case Kernel.Copy _ -> MovementKernels.COPY;
      case Kernel.Tokens _ -> MovementKernels.TOKENS;
      case Kernel.Crop _ -> MovementKernels.CROP;
      case Kernel.Shuffle(int groups) -> MovementKernels.shuffle(groups);
      case Kernel.Attention _ ->
          AttentionKernel.of(lanes, ConvKernels.used(Tile.Use.CONV, lanes, attentionSizes));
      case Kernel.Upsample _ -> MovementKernels.UPSAMPLE;
      case Kernel.Flatten() -> MovementKernels.FLATTEN;
      case Kernel.Softmax(boolean logarithm) -> ChannelKernels.softmax(lanes, logarithm);
      case Kernel.LocalResponseNorm _ -> ChannelKernels.LOCAL_RESPONSE_NORM;
      case GeneralKernel general -> GeneralKernels.of(general, lanes);
      case Kernel.Learned() -> MovementKernels.LEARNED;
      case Kernel.Clear() -> MovementKernels.CLEAR;
      case Kernel.ClearHalo _ -> MovementKernels.CLEAR_HALO;
    };
  }
}
