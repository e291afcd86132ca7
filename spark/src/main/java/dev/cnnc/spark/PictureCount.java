package dev.cnnc.spark;

import java.time.Duration;

/**
 * What the tasks of a network did. Spark shows the same numbers on the page of each stage.
 *
 * <p>A task that is run again, because its executor was lost after it had ended or because it was
 * slow, is counted again: Spark updates accumulators so. The rows of a result are right all the
 * same.
 *
 * @param answered pictures with an answer
 * @param refused pictures with a reason in place of an answer
 * @param loads executors that loaded the network
 * @param reading time of all tasks to decode pictures
 * @param computing time of all tasks to prepare the input, to run, and to make the answer
 */
public record PictureCount(
    long answered, long refused, long loads, Duration reading, Duration computing) {}
