/** Measures a machine, and finds the factors with which plans are predicted there. */
@NullMarked
package dev.cnnc.compiler.calibrate;

import org.jspecify.annotations.NullMarked;
