/** Biased matrix factorization. In: two rows, a label. Out: the rows one step better. */
@NullMarked
package dev.milvuso.trainer.model;

import org.jspecify.annotations.NullMarked;
