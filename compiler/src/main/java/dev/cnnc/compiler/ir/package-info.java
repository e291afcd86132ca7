/** What a network is: operations, nodes, shapes. Knows no syntax, no layout and no Java. */
@NullMarked
package dev.cnnc.compiler.ir;

import org.jspecify.annotations.NullMarked;
