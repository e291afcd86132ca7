/** From an ONNX graph of any rank to a graph of ours: shapes, constants, patterns. */
@NullMarked
package dev.cnnc.compiler.onnx.translate;

import org.jspecify.annotations.NullMarked;
