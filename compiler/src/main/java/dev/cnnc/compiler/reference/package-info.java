/** What a graph means, slowly: the oracle that passes and kernels are compared with. */
@NullMarked
package dev.cnnc.compiler.reference;

import org.jspecify.annotations.NullMarked;
