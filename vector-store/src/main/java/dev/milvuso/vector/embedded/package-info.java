/** The engine inside this process. In: entities and queries. Out: the nearest entities, by an exact scan. */
@NullMarked
package dev.milvuso.vector.embedded;

import org.jspecify.annotations.NullMarked;
