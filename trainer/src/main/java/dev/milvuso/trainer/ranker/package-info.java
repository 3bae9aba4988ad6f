/**
 * Learns the second-stage ranker: in, examples before the vectors learn from them; out, weights and how good they are.
 */
@NullMarked
package dev.milvuso.trainer.ranker;

import org.jspecify.annotations.NullMarked;
