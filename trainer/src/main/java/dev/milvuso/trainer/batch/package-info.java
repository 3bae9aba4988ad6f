/** Learns from files. In: interactions. Out: a model directory. */
@NullMarked
package dev.milvuso.trainer.batch;

import org.jspecify.annotations.NullMarked;
