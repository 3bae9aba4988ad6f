/** What REST says of the vector store: requests in, operations on the store, answers out. */
@NullMarked
package dev.milvuso.server.collections;

import org.jspecify.annotations.NullMarked;
