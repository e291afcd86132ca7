/**
 * From stored tensors to the array that kernels read: recipes, packing, the weights file of a
 * class.
 */
@NullMarked
package dev.cnnc.runtime.weights;

import org.jspecify.annotations.NullMarked;
