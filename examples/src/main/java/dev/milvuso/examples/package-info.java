/** Small programs that use the vector store, each to be read from top to bottom. */
@NullMarked
package dev.milvuso.examples;

import org.jspecify.annotations.NullMarked;
