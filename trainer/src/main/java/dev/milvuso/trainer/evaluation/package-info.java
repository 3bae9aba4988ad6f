/** Measures lists. In: a scorer and held-out interactions. Out: quality at k. */
@NullMarked
package dev.milvuso.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
