/** {@code VectorMath} by the JVM's vector module, which is there only where the launcher asks for it. */
@NullMarked
package dev.milvuso.trainer.math.simd;

import org.jspecify.annotations.NullMarked;
