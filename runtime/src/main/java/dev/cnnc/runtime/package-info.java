/** The little that generated code calls. Depends on the JDK alone. */
@NullMarked
package dev.cnnc.runtime;

import org.jspecify.annotations.NullMarked;
