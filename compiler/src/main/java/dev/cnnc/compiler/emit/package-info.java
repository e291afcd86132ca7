/** A plan as Java text. No decision is left to take here. */
@NullMarked
package dev.cnnc.compiler.emit;

import org.jspecify.annotations.NullMarked;
