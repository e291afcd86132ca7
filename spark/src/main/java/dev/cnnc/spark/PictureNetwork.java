package dev.cnnc.spark;

import dev.cnnc.runtime.GeneratedNetwork;
import dev.cnnc.runtime.Picture;
import dev.cnnc.vision.Detection;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A generated class on all machines of a cluster, and the columns that it gives.
 *
 * <pre>{@code
 * PictureNetwork<Lenet5> lenet5 = PictureNetwork.of(spark, "lenet5", Lenet5::load, Lenet5::fork);
 * Dataset<Row> files = spark.read().format("binaryFile").load("digits/*.png");
 * Dataset<Row> answers = lenet5.classify(1).on(files, "content");
 * answers.select("path", "answer.classes", "answer.reason").show();
 * }</pre>
 *
 * <p>Only names travel: those of the class and of its methods. Each executor loads the class from
 * its own class path, once, when the first picture arrives. The weights are shared by all tasks of
 * the executor, and each task that runs at a time has an instance, with memory of its own.
 *
 * <p>A picture that cannot be answered about gives null and a reason, and never fails a job. A
 * class that cannot be loaded fails it.
 *
 * @param <N> the generated class, with one input of any number of sizes
 */
public final class PictureNetwork<N extends GeneratedNetwork> implements AutoCloseable {
  private final SparkSession session;
  private final String name;
  private final Broadcast<Shared<N>> shared;
  private final Shared.Source<N> source;
  private final Meters meters;

  private PictureNetwork(
      SparkSession session,
      String name,
      Broadcast<Shared<N>> shared,
      Shared.Source<N> source,
      Meters meters) {
    this.session = session;
    this.name = name;
    this.shared = shared;
    this.source = source;
    this.meters = meters;
  }

  /**
   * Loads a network: {@code Lenet5::load}, or for runs that are fast from the first one on, {@code
   * () -> Lenet5.load(Start.STEADY)}.
   *
   * @param <N> the generated class
   */
  @FunctionalInterface
  public interface Loader<N> extends Serializable {
    /** A new instance, with weights. */
    N load();
  }

  /**
   * Makes an instance over the same weights: {@code Lenet5::fork}.
   *
   * @param <N> the generated class
   */
  @FunctionalInterface
  public interface Forking<N> extends Serializable {
    /** Another instance, for another thread. */
    N fork(N network);
  }

  /**
   * Finds boxes: {@code Faces::detect}.
   *
   * @param <N> the generated class
   */
  @FunctionalInterface
  public interface Finder<N> extends Serializable {
    /** The boxes in the pixels of the picture, the best first. */
    List<Detection> detect(N network, Picture picture);
  }

  /**
   * A network for the jobs of a session. Nothing is loaded yet.
   *
   * @param name what Spark's pages call it
   * @param loader runs once in each executor
   * @param forking runs there for each further task that runs at the same time
   * @throws RuntimeException of Spark if the session is one of Spark Connect, which has neither
   *     broadcasts nor accumulators, or the context is stopped
   */
  public static <N extends GeneratedNetwork> PictureNetwork<N> of(
      SparkSession session, String name, Loader<N> loader, Forking<N> forking) {
    Broadcast<Shared<N>> shared =
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(new Shared<>());
    return new PictureNetwork<>(
        session,
        name,
        shared,
        new Shared.Source<>(loader, forking),
        Meters.of(session.sparkContext(), name));
  }

  /**
   * The most probable classes: {@code classes: array<struct<index: int, label: string, probability:
   * double>>}, the most probable first. The network classifies with its first output.
   *
   * @param most how many, at least 1; a network with fewer gives all
   */
  public PictureColumn classify(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("1 class at least, not " + most);
    }
    return column(new Question.Classes<>(most));
  }

  /**
   * The first output as it is: {@code logits: array<float>}, in the order channels, rows, columns.
   */
  public PictureColumn logits() {
    return column(new Question.Logits<>());
  }

  /**
   * The boxes that a {@code detect} clause finds, the best first, in the pixels of the picture:
   * {@code detections: array<struct<box: struct<left: float, top: float, right: float, bottom:
   * float>, score: float, index: int, label: string, landmarks: array<struct<x: float, y:
   * float>>>>}.
   *
   * <p>Columns of numbers cannot be asked so, because boxes need the size of the picture.
   *
   * @param finder {@code Faces::detect}
   */
  public PictureColumn detect(Finder<N> finder) {
    return column(new Question.Boxes<>(finder));
  }

  private PictureColumn column(Question<N> question) {
    return PictureColumn.of(session, name, new PictureFunction<>(shared, source, question, meters));
  }

  /** What the tasks that have ended did so far, in all columns of this network. */
  public PictureCount count() {
    return meters.count();
  }

  /** Frees the weights and the instances on all machines. Later jobs with its columns fail. */
  @Override
  public void close() {
    shared.destroy();
  }
}
