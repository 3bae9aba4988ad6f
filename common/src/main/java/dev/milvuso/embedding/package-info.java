/** What the trainer has learned: the records of the topic {@code embeddings}. */
@NullMarked
package dev.milvuso.embedding;

import org.jspecify.annotations.NullMarked;
