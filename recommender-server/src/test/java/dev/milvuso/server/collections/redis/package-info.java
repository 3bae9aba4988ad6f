/** Answers of searches that servers share in Redis. */
@NullMarked
package dev.milvuso.server.collections.redis;

import org.jspecify.annotations.NullMarked;
