/**
 * Every kind of kernel, one record each, with what a plan has to know of it. Nothing here knows how
 * a kernel is written in Java.
 */
@NullMarked
package dev.cnnc.compiler.plan.kernel;

import org.jspecify.annotations.NullMarked;
