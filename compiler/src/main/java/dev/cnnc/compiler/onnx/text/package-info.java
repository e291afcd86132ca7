/** A graph as a file that one would have been glad to write by hand. */
@NullMarked
package dev.cnnc.compiler.onnx.text;

import org.jspecify.annotations.NullMarked;
