/**
 * The texts of kernels, one file a kernel or a part that several share. A text is written once, in
 * the macro language of {@link dev.cnnc.compiler.emit.kernel.Lanes}, and rendered for every width.
 *
 * <p>Numbers are formatted by {@code %s}: {@code %d} writes the digits of the user's country.
 */
@NullMarked
package dev.cnnc.compiler.emit.kernel;

import org.jspecify.annotations.NullMarked;
