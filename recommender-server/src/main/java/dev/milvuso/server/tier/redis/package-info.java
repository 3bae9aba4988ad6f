/** Tiers in Redis. */
@NullMarked
package dev.milvuso.server.tier.redis;

import org.jspecify.annotations.NullMarked;
