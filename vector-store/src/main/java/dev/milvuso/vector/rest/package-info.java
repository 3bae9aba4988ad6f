/** The vector store of another process: the port in, the recommender-server's REST out. */
@NullMarked
package dev.milvuso.vector.rest;

import org.jspecify.annotations.NullMarked;
