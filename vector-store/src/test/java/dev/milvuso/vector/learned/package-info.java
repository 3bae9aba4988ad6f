/** Tests of what the learned vectors are kept in. */
@NullMarked
package dev.milvuso.vector.learned;

import org.jspecify.annotations.NullMarked;
