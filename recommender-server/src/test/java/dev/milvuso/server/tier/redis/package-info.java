/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.tier.redis;

import org.jspecify.annotations.NullMarked;
