/** {@code IndexMath} by the JVM's vector module, which is there only where the launcher asks for it. */
@NullMarked
package dev.milvuso.vector.index.simd;

import org.jspecify.annotations.NullMarked;
