/** The port to a store of vectors. In: entities with a vector and fields. Out: the nearest of them to a query. */
@NullMarked
package dev.milvuso.vector;

import org.jspecify.annotations.NullMarked;
