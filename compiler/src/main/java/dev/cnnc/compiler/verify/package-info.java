/** Verifies layer by layer that the emitted class computes what its file says. */
@NullMarked
package dev.cnnc.compiler.verify;

import org.jspecify.annotations.NullMarked;
