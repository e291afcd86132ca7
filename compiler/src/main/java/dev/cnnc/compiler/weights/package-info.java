/** Trained tensors from safetensors files, and whether they are those that a network wants. */
@NullMarked
package dev.cnnc.compiler.weights;

import org.jspecify.annotations.NullMarked;
