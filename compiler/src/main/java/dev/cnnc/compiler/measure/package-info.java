/** How fast something is, and how fast the machine could be. */
@NullMarked
package dev.cnnc.compiler.measure;

import org.jspecify.annotations.NullMarked;
