/** Values, keys and vectors as bytes, for the journal and the cache. In: a value and a stream. Out: the same. */
@NullMarked
package dev.milvuso.vector.bytes;

import org.jspecify.annotations.NullMarked;
