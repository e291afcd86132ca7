<<<<<<< HEAD
/** The little that generated code calls. Depends on the JDK alone. */
=======
/** The little that generated code calls. */
>>>>>>> dsl
@NullMarked
package dev.cnnc.runtime;

import org.jspecify.annotations.NullMarked;
