/** Whether the emitted class computes what its file says: layer by layer, with numbers. */
@NullMarked
package dev.cnnc.compiler.verify;

import org.jspecify.annotations.NullMarked;
