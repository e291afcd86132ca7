/** The little that generated code calls. */
@NullMarked
package dev.cnnc.runtime;

import org.jspecify.annotations.NullMarked;
