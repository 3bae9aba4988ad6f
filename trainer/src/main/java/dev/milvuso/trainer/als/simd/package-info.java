/** The loops of least squares in vector instructions; the JVM needs its module {@code jdk.incubator.vector}. */
@NullMarked
package dev.milvuso.trainer.als.simd;

import org.jspecify.annotations.NullMarked;
