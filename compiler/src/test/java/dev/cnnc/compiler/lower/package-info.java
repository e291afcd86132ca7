/** Tests of lowering, on files as users write them. */
@NullMarked
package dev.cnnc.compiler.lower;

import org.jspecify.annotations.NullMarked;
