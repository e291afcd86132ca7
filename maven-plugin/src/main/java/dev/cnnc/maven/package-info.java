/** The Maven goal that hands {@code .cnn} files to the compiler. */
@NullMarked
package dev.cnnc.maven;

import org.jspecify.annotations.NullMarked;
