/** The command line {@code cnnc}: one class for each command, and shared classes. */
@NullMarked
package dev.cnnc.cli;

import org.jspecify.annotations.NullMarked;
