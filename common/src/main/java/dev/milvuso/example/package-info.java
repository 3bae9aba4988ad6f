/** What the trainer learns from: the records of the topic {@code training_examples}. */
@NullMarked
package dev.milvuso.example;

import org.jspecify.annotations.NullMarked;
