/** ONNX files from bytes to records: bounded in time, memory and depth, whatever the bytes say. */
@NullMarked
package dev.cnnc.compiler.onnx.read;

import org.jspecify.annotations.NullMarked;
