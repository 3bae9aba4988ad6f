/** Gives each tenant a view of a vector store in which there are its own rows and no others. */
@NullMarked
package dev.milvuso.vector.tenant;

import org.jspecify.annotations.NullMarked;
