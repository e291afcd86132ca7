/** The whole way from a {@code .cnn} file to a class: start with {@link Compiler}. */
@NullMarked
package dev.cnnc.compiler;

import org.jspecify.annotations.NullMarked;
