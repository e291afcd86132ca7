/** Networks in the emitted class and in other engines, side by side. */
@NullMarked
package dev.cnnc.benchmarks;

import org.jspecify.annotations.NullMarked;
