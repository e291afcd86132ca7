/** The library of generated code. Depends only on the JDK. */
@NullMarked
package dev.cnnc.runtime;

import org.jspecify.annotations.NullMarked;
