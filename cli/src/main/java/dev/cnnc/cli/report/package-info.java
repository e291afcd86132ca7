/** The page that {@code cnnc report} writes, and the JSON inside it. */
@NullMarked
package dev.cnnc.cli.report;

import org.jspecify.annotations.NullMarked;
