/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.ranking.learned;

import org.jspecify.annotations.NullMarked;
