/** Tests of the index: in come rows that lie in clusters, out comes what a plain loop would have found. */
@NullMarked
package dev.milvuso.vector.index;

import org.jspecify.annotations.NullMarked;
