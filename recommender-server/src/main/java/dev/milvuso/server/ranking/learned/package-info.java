/** Orders candidates by what the trainer's ranker has learned: in, its weights; out, a better order. */
@NullMarked
package dev.milvuso.server.ranking.learned;

import org.jspecify.annotations.NullMarked;
