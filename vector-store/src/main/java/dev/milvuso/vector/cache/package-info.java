/** Stores around a store: one that remembers what was found, and one that says how long it took. */
@NullMarked
package dev.milvuso.vector.cache;

import org.jspecify.annotations.NullMarked;
