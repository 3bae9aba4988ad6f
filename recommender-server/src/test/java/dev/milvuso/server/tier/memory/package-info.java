/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.tier.memory;

import org.jspecify.annotations.NullMarked;
