package dev.cnnc.compiler.emit.kernel;

import dev.cnnc.compiler.plan.Plan;
import dev.cnnc.compiler.plan.Step;
import dev.cnnc.compiler.plan.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The kernels that plans need, each once, however many layers share it. */
public final class KernelSet {
  /** In the order of the steps. */
  private final Map<Kernel, KernelText> texts = new LinkedHashMap<>();

  private final Shared shared = new Shared();
  private final Map<Lanes, List<KernelMethod>> methods = new LinkedHashMap<>();

  /** Of each entry, the parameters that its method reads at some width. */
  private final Map<String, Set<String>> read = new HashMap<>();

  private final int listed;

  /**
   * The kernels of plans that share them.
   *
   * @param widths that they are written at
   */
  public KernelSet(List<Plan> plans, List<Lanes> widths) {
    List<Step> steps = plans.stream().flatMap(plan -> plan.steps().stream()).toList();
    for (Step step : steps) {
      shared.add(step, texts.computeIfAbsent(step.kernel(), Texts::of).needs());
    }
    this.listed =
        steps.stream().mapToInt(step -> step.kernel().listed(step.reads())).max().orElse(1);
    IdentityHashMap<KernelMethod, KernelMethod> known = new IdentityHashMap<>();
    widths.forEach(lanes -> methods.put(lanes, written(lanes, known)));
    methods.values().stream()
        .flatMap(List::stream)
        .filter(KernelMethod::isEntry)
        .forEach(
            method ->
                read.computeIfAbsent(method.name(), _ -> new HashSet<>()).addAll(method.read()));
  }

  /** What a step calls: without the parameters that the method reads at no width. */
  public Entry entry(Step step) {
    Entry entry =
        Objects.requireNonNull(texts.get(step.kernel()), "a step of one of the plans").entry();
    return entry.reading(readBy(entry.name()));
  }

  private Set<String> readBy(String entry) {
    return read.getOrDefault(entry, Set.of());
  }

  /** Whether a kernel mentions a constant of the class at some width. */
  public boolean mentions(String constant) {
    return methods.values().stream()
        .flatMap(List::stream)
        .anyMatch(method -> method.mentions(constant));
  }

  /** Entries of the list of runs or reads that a worker keeps. */
  public int listed() {
    return listed;
  }

  /** Whether places are listed: of tiles of sums, or of what a window reads. */
  public boolean hasLists() {
    return !shared.finishes().isEmpty() || listed > 1;
  }

  /** The widths that the kernels are written at, the one without vectors last. */
  public List<Lanes> widths() {
    return List.copyOf(methods.keySet());
  }

  /** The shuffles and masks of lanes in use. */
  public List<LaneConstant> constants(Lanes lanes) {
    List<LaneConstant> constants = new ArrayList<>();
    for (int bit = 1; bit < Math.min(shared.largestGroup(), lanes.floats()); bit *= 2) {
      constants.add(LaneConstant.exchange(bit));
    }
    if (shared.everySecond()) {
      constants.add(LaneConstant.EVERY_SECOND);
      constants.add(LaneConstant.UPPER_HALF);
    }
    return constants;
  }

  /** Names of the constants for epilogues, in order. */
  public List<String> finishes() {
    return shared.finishes();
  }

  /** All methods, callers before what they call, each once. */
  public List<KernelMethod> methods(Lanes lanes) {
    return Objects.requireNonNull(methods.get(lanes), "one of all widths").stream()
        .map(method -> method.isEntry() ? method.reading(readBy(method.name())) : method)
        .toList();
  }

  private List<KernelMethod> written(
      Lanes lanes, IdentityHashMap<KernelMethod, KernelMethod> known) {
    Parts parts = Parts.of(lanes, shared);
    Map<String, KernelMethod> all = new LinkedHashMap<>();
    for (KernelText text : texts.values()) {
      KernelMethod method = text.method(parts);
      collect(lanes.isScalar() ? method : WrittenOut.of(method, known), all);
    }
    return List.copyOf(all.values());
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
}
