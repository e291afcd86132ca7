/** The compiler as a separate process, for build tools that run on an older Java. */
@NullMarked
package dev.cnnc.compiler.build;

import org.jspecify.annotations.NullMarked;
