/** From the outputs of a network to an answer about the picture that went in. */
@NullMarked
package dev.cnnc.vision;

import org.jspecify.annotations.NullMarked;
