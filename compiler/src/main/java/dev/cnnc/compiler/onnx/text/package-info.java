/** Writes a graph as a readable file. */
@NullMarked
package dev.cnnc.compiler.onnx.text;

import org.jspecify.annotations.NullMarked;
