/** Finished lists in Redis. In: lists by user and query. Out: the same, for whichever instance asks. */
@NullMarked
package dev.milvuso.server.recommend.redis;

import org.jspecify.annotations.NullMarked;
