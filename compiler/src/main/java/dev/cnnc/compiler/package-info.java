/** From a syntax tree to Java source and weights. */
@NullMarked
package dev.cnnc.compiler;

import org.jspecify.annotations.NullMarked;
