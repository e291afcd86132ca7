package dev.cnnc.runtime;

import dev.cnnc.runtime.weights.PackedWeights;
import dev.cnnc.runtime.weights.Synthetic;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The base class of generated networks: its memory, its threads, its inputs and its outputs. A
 * network of one input is a {@link CompiledNetwork}; one of several has methods with a parameter
 * for each.
 *
 * <p>One thread at a time may use an instance; a second thread gets an exception and does no harm.
 * After an exception of any kind the next run is correct. {@link #run(float[][], float[][])}
 * allocates nothing once the JIT has compiled it, except that it starts threads again that have
 * ended in a pause of ten seconds.
 */
public abstract non-sealed class NetworkInstance implements GeneratedNetwork {
  /** Floats behind the end of the arena that a vector load may read. */
  public static final int SLACK = 16;

  private static final int FREE = 0;
  private static final int BUSY = 1;
  private static final int CLOSED = 2;

  /** All activations, then the scratch of each worker. Zero at first, as halos must be. */
  protected final float[] arena;

  /** The packed weights, shared with forks. */
  protected final float[] weights;

  private final Signature signature;
  private final PackedWeights packed;
  private final Threads threads;
  private final Crew crew;
  private final KernelChoice choice;
  private final AtomicInteger state = new AtomicInteger(FREE);

  /** While kernels are being compiled, each input and some channels of it. */
  private @Nullable Map<View, View> narrowed;

  private @Nullable StepListener listener;

  /** Allocates all memory of the instance. The first run starts the threads. */
  protected NetworkInstance(
      Signature signature, PackedWeights weights, Threads threads, Start start) {
    this(signature, weights, threads, ChangeOver.of(start, weights.lanes()));
  }

  /** Another instance over the same weights, with as many threads and memory of its own. */
  protected NetworkInstance(NetworkInstance origin) {
    this(origin.signature, origin.packed, origin.threads, origin.choice.change());
  }

  /** An instance that changes over with others. */
  NetworkInstance(Signature signature, PackedWeights weights, Threads threads, ChangeOver change) {
    this.signature = signature;
    this.packed = weights;
    this.threads = threads;
    this.weights = weights.values();
    long floats = signature.arena() + (long) threads.count() * signature.scratch() + SLACK;
    this.arena = new float[Math.toIntExact(floats)];
    this.crew = new Crew(threads.count(), signature.network());
    this.choice = new KernelChoice(change);
  }

  /** New kernels over the memory of the instance, for vectors of {@code lanes} floats. */
  protected abstract Kernels kernels(int lanes);

  /** Computes the next step with {@code kernels}. No step is being computed. */
  protected abstract void take(Kernels kernels);

  /** An instance for the calling thread over the same weights, which begins with vectors. */
  protected abstract NetworkInstance withVectors();

  /** Calls {@link #run(int, int, int)} for every step, in order. */
  protected abstract void forward();

  /**
   * Computes units {@code from} up to, not including, {@code to} of a step. Several threads call it
   * at once, each any number of times.
   *
   * @param worker the worker whose scratch to use
   */
  protected abstract void step(int step, int from, int to, int worker);

  /**
   * Computes all units of a step, shared by the threads; returns when all are done.
   *
   * @param portion number of units below which division does not pay
   */
  protected final void run(int step, int units, int portion) {
    if (choice.waits()) {
      choice.before(this, step);
    }
    StepListener hearing = listener;
    if (hearing == null) {
      crew.run(this, step, units, portion);
      return;
    }
    if (hearing instanceof Listed list) {
      list.steps.accept(step, units, portion);
      return;
    }
    long start = System.nanoTime();
    crew.run(this, step, units, portion);
    hearing.step(step, System.nanoTime() - start, arena);
  }

  /**
   * The input of a kernel that sums its channels up; some channels of it while the kernels are
   * being compiled, so that C2 compiles the methods, not the loops in them that go on for long.
   */
  protected final View summed(View x) {
    Map<View, View> known = narrowed;
    return known == null ? x : known.computeIfAbsent(x, view -> view.narrow(Rehearsal.FEW));
  }

  /** Whether kernels sum up some channels only from now on; results are wrong then. */
  final void narrow(boolean narrows) {
    narrowed = narrows ? new HashMap<>() : null;
  }

  /** Makes kernels with vectors return at once, or compute again. */
  final void idle(boolean idle) {
    choice.vectors(this).idle(idle);
  }

  /** Names every step and its units, and computes none. */
  final void eachStep(StepNames steps) {
    StepListener before = listener;
    listener = new Listed(steps);
    forward();
    listener = before;
  }

  /** Receives the steps of a network. */
  @FunctionalInterface
  interface StepNames {
    void accept(int step, int units, int portion);
  }

  /** In the place of a listener: steps are listed, not computed. */
  private record Listed(StepNames steps) implements StepListener {
    @Override
    public void step(int step, long nanoseconds, float[] arena) {
      throw new IllegalStateException("no step is computed");
    }
  }

  /** The kernels that the first step is computed with. */
  protected final Kernels firstKernels() {
    return choice.first(this);
  }

  /** Whoever listens is told that all steps have vectors now. */
  final void changed() {
    StepListener hearing = listener;
    if (hearing != null) {
      hearing.changed(lanes());
    }
  }

  /** The weights. */
  protected final PackedWeights packed() {
    return packed;
  }

  /** The threads. */
  protected final Threads threads() {
    return threads;
  }

  /**
   * Floats in a vector of the kernels of all steps: 16, 8, 4, or 1 as long as some step runs
   * without vectors.
   */
  public final int lanes() {
    return choice.waits() ? 1 : packed.lanes();
  }

  /** The shapes of the inputs and the outputs, and the memory. */
  public final Signature signature() {
    return signature;
  }

  /** Names of the classes, or empty. */
  public final List<String> labels() {
    return packed.labels();
  }

  /** Reports every step, and other kernels, to {@code hearing} from now on; null ends that. */
  @SuppressWarnings("exports") // Only the compiler reads the annotation.
  public final void listen(@Nullable StepListener hearing) {
    listener = hearing;
  }

  /**
   * Runs the network.
   *
   * @param inputs all inputs by name, each in the order channels, rows, columns
   * @return all outputs by name, in the same order
   */
  public final Map<String, float[]> run(Map<String, float[]> inputs) {
    float[][] ordered = Lengths.ordered(signature, inputs);
    float[][] outputs = new float[signature.outputs().size()][];
    Map<String, float[]> named = new LinkedHashMap<>();
    for (int index = 0; index < outputs.length; index++) {
      Signature.Output output = signature.outputs().get(index);
      outputs[index] = new float[output.view().size()];
      named.put(output.name(), outputs[index]);
    }
    run(ordered, outputs);
    return named;
  }

  /** Runs the network; inputs and outputs have the signature's order. It allocates nothing. */
  public final void run(float[][] inputs, float[][] outputs) {
    Lengths.check(signature, inputs);
    Lengths.checkOutputs(signature, outputs);
    begin();
    try {
      for (int index = 0; index < inputs.length; index++) {
        in(index, inputs[index]);
      }
      compute(outputs);
    } finally {
      end();
    }
  }

  /** Runs the network, inputs in the signature's order; the first output goes to {@code output}. */
  public final void run(float[][] inputs, float[] output) {
    Lengths.check(signature, inputs);
    Lengths.checkOutput(signature, 0, output);
    begin();
    try {
      for (int index = 0; index < inputs.length; index++) {
        in(index, inputs[index]);
      }
      compute(output);
    } finally {
      end();
    }
  }

  /**
   * Runs until a run is steady or the limit is reached, at least once. A steady run allocates
   * nothing, the JIT has compiled its kernels, and it gets no faster. The result tells which. An
   * instance that began without vectors takes them at once.
   *
   * <p>Without the module {@code jdk.management} only the times of the runs are known.
   */
  public final Warmth warm(Duration limit) {
    float[][] inputs = syntheticInputs();
    float[] output = new float[signature.outputs().getFirst().view().size()];
    choice.wantVectors();
    Warmth warmth = new WarmUp(Gauges.ofThisJvm(), () -> run(inputs, output)).until(limit);
    if (warmth.steady()) {
      choice.change().ready();
    }
    return warmth;
  }

  /** Pictures of numbers as weights are, the same each time. */
  final float[][] syntheticInputs() {
    return signature.inputs().stream()
        .map(input -> input.view())
        .map(view -> List.of(view.channels(), view.height(), view.width()))
        .map(shape -> new Synthetic().tensor("input", shape))
        .toArray(float[][]::new);
  }

  /** Ends the threads of the instance. Running it afterwards is an error. */
  @Override
  public void close() {
    if (state.compareAndSet(FREE, CLOSED)) {
      crew.close();
      choice.leave();
    } else if (state.get() == BUSY) {
      throw new IllegalStateException(signature.network() + " is running: close it afterwards");
    }
  }

  /** Takes the instance for this thread: {@link #in}, {@link #compute} and {@link #end} follow. */
  protected final void begin() {
    if (!state.compareAndSet(FREE, BUSY)) {
      throw new IllegalStateException(
          signature.network()
              + (state.get() == CLOSED
                  ? " is closed: load it again"
                  : " is running: one instance serves one thread at a time, fork() gives more"));
    }
  }

  /** Takes an input, after {@link #begin}. */
  protected final void in(int index, float[] input) {
    Lengths.check(signature, index, input);
    signature.inputs().get(index).view().in(input, arena);
  }

  /** Computes what the inputs give; the first output goes to {@code output}. */
  protected final void compute(float[] output) {
    Lengths.checkOutput(signature, 0, output);
    compute();
    signature.outputs().getFirst().view().out(arena, output);
  }

  /** Computes what the inputs give; all outputs go to {@code outputs}. */
  protected final void compute(float[][] outputs) {
    Lengths.checkOutputs(signature, outputs);
    compute();
    for (int index = 0; index < outputs.length; index++) {
      signature.outputs().get(index).view().out(arena, outputs[index]);
    }
  }

  /** Leaves the instance to the next thread. */
  protected final void end() {
    state.set(FREE);
  }

  private void compute() {
    boolean done = false;
    try {
      if (choice.waits()) {
        choice.begin(this);
        long start = System.nanoTime();
        forward();
        choice.end(this, System.nanoTime() - start);
      } else {
        forward();
      }
      done = true;
    } finally {
      if (!done) {
        // An interrupted run may have left values in halos.
        Arrays.fill(arena, 0);
      }
    }
  }
}
