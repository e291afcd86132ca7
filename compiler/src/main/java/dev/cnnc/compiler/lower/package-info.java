/**
 * Turns the syntax tree into a graph: names, numbers, arguments, shapes. All user errors are found
 * here.
 */
@NullMarked
package dev.cnnc.compiler.lower;

import org.jspecify.annotations.NullMarked;
