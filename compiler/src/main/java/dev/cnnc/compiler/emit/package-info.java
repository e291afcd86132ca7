/**
 * A plan as Java text. No decision is left to take here.
 *
 * <p>Numbers are formatted by {@code %s}: {@code %d} writes the digits of the user's country.
 */
@NullMarked
package dev.cnnc.compiler.emit;

import org.jspecify.annotations.NullMarked;
