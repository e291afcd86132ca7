/** The {@code cnnc} command. */
@NullMarked
package dev.cnnc.cli;

import org.jspecify.annotations.NullMarked;
