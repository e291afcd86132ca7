/** Reads trained tensors from safetensors files and checks them against a network. */
@NullMarked
package dev.cnnc.compiler.weights;

import org.jspecify.annotations.NullMarked;
