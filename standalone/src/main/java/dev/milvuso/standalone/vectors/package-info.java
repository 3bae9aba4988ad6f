/** Files of entities: read line by line into a collection of a vector store, and written out of one. */
@NullMarked
package dev.milvuso.standalone.vectors;

import org.jspecify.annotations.NullMarked;
