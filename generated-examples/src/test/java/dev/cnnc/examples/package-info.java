/** Networks as users have them: classes that the Maven plugin generated. */
@NullMarked
package dev.cnnc.examples;

import org.jspecify.annotations.NullMarked;
