/** Vectors of texts: sparse ones by the words (BM25), and searches by whatever encodes a text. */
@NullMarked
package dev.milvuso.vector.text;

import org.jspecify.annotations.NullMarked;
