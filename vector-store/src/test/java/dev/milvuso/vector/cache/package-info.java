/** Tests of what stands around a store. */
@NullMarked
package dev.milvuso.vector.cache;

import org.jspecify.annotations.NullMarked;
