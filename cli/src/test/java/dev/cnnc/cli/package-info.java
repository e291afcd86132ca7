/** Commands as users call them, in this JVM. */
@NullMarked
package dev.cnnc.cli;

import org.jspecify.annotations.NullMarked;
