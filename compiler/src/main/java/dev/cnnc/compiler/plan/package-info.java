/** Which kernel, which layout, which bytes: all cost is known here. */
@NullMarked
package dev.cnnc.compiler.plan;

import org.jspecify.annotations.NullMarked;
