/** A ranker that is learned online: in, features of a user and an item and what came of it; out, a better order. */
@NullMarked
package dev.milvuso.server.ranking.learned;

import org.jspecify.annotations.NullMarked;
