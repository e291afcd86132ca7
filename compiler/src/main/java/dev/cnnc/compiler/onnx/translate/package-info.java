/** Translates an ONNX graph of any rank to a graph: shapes, constants, patterns. */
@NullMarked
package dev.cnnc.compiler.onnx.translate;

import org.jspecify.annotations.NullMarked;
