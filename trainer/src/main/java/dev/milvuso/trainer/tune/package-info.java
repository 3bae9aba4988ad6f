/** Searches hyperparameters. In: positive pairs, ranges of keys. Out: what each choice reached on a held-out part. */
@NullMarked
package dev.milvuso.trainer.tune;

import org.jspecify.annotations.NullMarked;
