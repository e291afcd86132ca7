package dev.cnnc.cli;

import dev.cnnc.compiler.ir.Graph;
import dev.cnnc.compiler.ir.Network;
import dev.cnnc.runtime.NetworkInstance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs a network on all pictures of a folder, with an instance on each processor. Lines come in the
 * order of the names, so that a run and its repetition give the same file.
 *
 * @param sizes that pictures may take
 * @param top number of classes in a line
 */
record FolderRun(NetworkFile file, List<Integer> sizes, PictureFolder folder, int top) {
  /** Pictures for each processor that are begun before the first of them has its line. */
  private static final int AHEAD = 4;

  /**
   * A picture's line.
   *
   * @param bad whether it has a reason in place of an answer
   */
  private record Line(String text, boolean bad) {}

  /**
   * Runs the pictures of these names.
   *
   * @return how many have no answer
   */
  int run(List<String> names, Consumer<String> lines, Progress progress) {
    int processors = Runtime.getRuntime().availableProcessors();
    int bad = 0;
    try (ForksOfSizes forks = new ForksOfSizes(Built.of(file, progress), processors);
        ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      try {
        Deque<Future<Line>> begun = new ArrayDeque<>();
        Iterator<String> rest = names.iterator();
        for (int number = 1; number <= names.size(); number++) {
          while (rest.hasNext() && begun.size() < AHEAD * processors) {
            String name = rest.next();
            begun.add(threads.submit(() -> line(name, forks)));
          }
          progress.stage("running, %s of %s".formatted(number, names.size()));
          Line line = begun.remove().get();
          lines.accept(line.text());
          bad += line.bad() ? 1 : 0;
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      } finally {
        threads.shutdownNow();
      }
    }
    return bad;
  }

  private Line line(String name, ForksOfSizes forks) {
    PictureLine line = new PictureLine(file.written(), top);
    try {
      Given given = Given.of(folder.file(name), file.sizes(), sizes);
      Network network = file.sizes().get(given.size());
      NetworkInput input = given.inputs().getFirst();
      Answer answer =
          forks.of(given.size()).run(instance -> answer(network.graph(), instance, input));
      List<Seen> seen = Seen.of(network, answer, input.placement());
      return new Line(line.of(name, answer, seen), false);
    } catch (Failure failure) {
      return new Line(line.bad(name, String.valueOf(failure.getMessage())), true);
    } catch (OutOfMemoryError large) {
      return new Line(line.bad(name, "it takes more memory than Java may use here"), true);
    }
  }

  private static Answer answer(Graph graph, NetworkInstance instance, NetworkInput input) {
    List<Answer.Output> outputs = new ArrayList<>();
    for (var output : graph.outputs()) {
      var shape = graph.node(output.node()).shape();
      outputs.add(new Answer.Output(output.name(), shape, new float[shape.size()]));
    }
    float[][] data = outputs.stream().map(Answer.Output::data).toArray(float[][]::new);
    long start = System.nanoTime();
    instance.run(new float[][] {input.values()}, data);
    return new Answer(outputs, (System.nanoTime() - start) / 1e6);
  }
}
