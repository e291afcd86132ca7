/** From the characters of a {@code .cnn} file to its syntax tree. */
@NullMarked
package dev.cnnc.dsl;

import org.jspecify.annotations.NullMarked;
