/** What a network costs, from the plan and the class that are really made of it. */
@NullMarked
package dev.cnnc.compiler.cost;

import org.jspecify.annotations.NullMarked;
