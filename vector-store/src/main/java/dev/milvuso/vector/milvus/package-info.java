/** The vector store on a Milvus server, through its Java SDK. */
@NullMarked
package dev.milvuso.vector.milvus;

import org.jspecify.annotations.NullMarked;
