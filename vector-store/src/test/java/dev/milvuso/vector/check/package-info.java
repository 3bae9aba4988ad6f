/** Tests of what is refused, and in which words. */
@NullMarked
package dev.milvuso.vector.check;

import org.jspecify.annotations.NullMarked;
