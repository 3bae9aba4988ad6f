/** The trainer's side of the log. In: {@code training_examples}. Out: {@code embeddings}. */
@NullMarked
package dev.milvuso.trainer.online.kafka;

import org.jspecify.annotations.NullMarked;
