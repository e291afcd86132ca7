/** {@code cnnc}, the command line: one class per command, and what they share. */
@NullMarked
package dev.cnnc.cli;

import org.jspecify.annotations.NullMarked;
