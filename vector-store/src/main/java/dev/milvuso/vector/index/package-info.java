/**
 * Nearest-neighbour search in memory. In: vectors by slot, a number of the caller's. Out: the nearest slots to a query.
 */
@NullMarked
package dev.milvuso.vector.index;

import org.jspecify.annotations.NullMarked;
