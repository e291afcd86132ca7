/** Compares emitted classes with other engines. */
@NullMarked
package dev.cnnc.benchmarks;

import org.jspecify.annotations.NullMarked;
