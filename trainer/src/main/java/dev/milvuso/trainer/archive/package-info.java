/** Keeps {@code user_actions} and {@code training_examples} as Parquet, each record once, and reads it for training. */
@NullMarked
package dev.milvuso.trainer.archive;

import org.jspecify.annotations.NullMarked;
