/** What every vector store must do, whichever adapter it is. */
@NullMarked
package dev.milvuso.vector;

import org.jspecify.annotations.NullMarked;
