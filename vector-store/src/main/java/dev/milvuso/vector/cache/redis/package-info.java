/** Keeps found results in Redis. */
@NullMarked
package dev.milvuso.vector.cache.redis;

import org.jspecify.annotations.NullMarked;
