/** Syntax tree to graph: names, numbers, arguments, shapes. User errors end here. */
@NullMarked
package dev.cnnc.compiler.lower;

import org.jspecify.annotations.NullMarked;
