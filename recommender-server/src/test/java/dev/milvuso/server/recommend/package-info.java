/** Tests of the classes of this package. */
@NullMarked
package dev.milvuso.server.recommend;

import org.jspecify.annotations.NullMarked;
