/** The inner loops over rows of floats, with vector instructions where the JVM lends them. */
@NullMarked
package dev.milvuso.trainer.math;

import org.jspecify.annotations.NullMarked;
