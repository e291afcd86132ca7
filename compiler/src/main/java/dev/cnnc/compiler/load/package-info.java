/** Emitted classes in the JVM that emitted them, without a file between. */
@NullMarked
package dev.cnnc.compiler.load;

import org.jspecify.annotations.NullMarked;
