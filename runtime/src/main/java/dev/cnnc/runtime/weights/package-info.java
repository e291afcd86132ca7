/**
 * From stored tensors to the one array that kernels read: recipes, packing, the file beside a
 * class.
 */
@NullMarked
package dev.cnnc.runtime.weights;

import org.jspecify.annotations.NullMarked;
