/** How fast emitted code is, beside what the machine could do and, later, other engines. */
@NullMarked
package dev.cnnc.benchmarks;

import org.jspecify.annotations.NullMarked;
