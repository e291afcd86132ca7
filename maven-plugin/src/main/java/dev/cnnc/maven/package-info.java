/**
 * The Maven goal that passes {@code .cnn} files to the compiler. It runs in Maven's JVM, so it is
 * written for Java 17 and never loads a class of the compiler.
 */
@NullMarked
package dev.cnnc.maven;

import org.jspecify.annotations.NullMarked;
