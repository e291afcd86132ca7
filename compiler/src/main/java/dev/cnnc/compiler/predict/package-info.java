/** How long a plan takes on a machine that was measured once. */
@NullMarked
package dev.cnnc.compiler.predict;

import org.jspecify.annotations.NullMarked;
