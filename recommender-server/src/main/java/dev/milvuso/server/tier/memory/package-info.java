/** Tiers in this process's memory. */
@NullMarked
package dev.milvuso.server.tier.memory;

import org.jspecify.annotations.NullMarked;
