/** Passes from graph to graph: same numbers, less work. */
@NullMarked
package dev.cnnc.compiler.pass;

import org.jspecify.annotations.NullMarked;
