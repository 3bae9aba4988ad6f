/** The system of record: one pool of connections, and the migrations that make its schema. */
@NullMarked
package dev.milvuso.postgres;

import org.jspecify.annotations.NullMarked;
