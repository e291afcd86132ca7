/** ONNX files: what is in one, its bytes, and how a graph of ours becomes one. */
@NullMarked
package dev.cnnc.compiler.onnx;

import org.jspecify.annotations.NullMarked;
