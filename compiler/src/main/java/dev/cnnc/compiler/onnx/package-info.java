/** ONNX files: their records, their bytes, and the export of a graph. */
@NullMarked
package dev.cnnc.compiler.onnx;

import org.jspecify.annotations.NullMarked;
