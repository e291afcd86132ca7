/** Graphs to test with: built by hand, random, and as text. */
@NullMarked
package dev.cnnc.compiler.testing;

import org.jspecify.annotations.NullMarked;
