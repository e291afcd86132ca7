/** Measures times, and the peak of the machine. */
@NullMarked
package dev.cnnc.compiler.measure;

import org.jspecify.annotations.NullMarked;
