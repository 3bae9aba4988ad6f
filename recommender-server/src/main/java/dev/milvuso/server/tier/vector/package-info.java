/** Tiers in the vector store. */
@NullMarked
package dev.milvuso.server.tier.vector;

import org.jspecify.annotations.NullMarked;
