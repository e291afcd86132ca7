/**
 * The proof: random networks, damaged files and histories of instances, as many as {@link
 * dev.cnnc.compiler.proof.Budget} says, and the smallest of each that fails.
 */
@NullMarked
package dev.cnnc.compiler.proof;

import org.jspecify.annotations.NullMarked;
