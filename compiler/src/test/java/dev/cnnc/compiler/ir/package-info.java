/** Tests of what a network is. */
@NullMarked
package dev.cnnc.compiler.ir;

import org.jspecify.annotations.NullMarked;
