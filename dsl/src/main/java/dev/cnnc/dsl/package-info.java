/** Characters to syntax tree: positions, comments, diagnostics. Knows no layer name. */
@NullMarked
package dev.cnnc.dsl;

import org.jspecify.annotations.NullMarked;
