/** Loads emitted classes into the JVM that emitted them, without files. */
@NullMarked
package dev.cnnc.compiler.load;

import org.jspecify.annotations.NullMarked;
