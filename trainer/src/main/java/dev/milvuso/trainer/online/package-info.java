/** Learns from a stream, without Kafka. In: training examples. Out: rows that moved. */
@NullMarked
package dev.milvuso.trainer.online;

import org.jspecify.annotations.NullMarked;
