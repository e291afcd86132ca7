/**
 * Compiled networks as columns of Apache Spark: pictures, or arrays of numbers, become classes,
 * logits, or boxes. {@link dev.cnnc.spark.PictureNetwork} is where to begin.
 */
@NullMarked
package dev.cnnc.spark;

import org.jspecify.annotations.NullMarked;
