/** The join as a Flink job. */
@NullMarked
package dev.milvuso.joiner.flink;

import org.jspecify.annotations.NullMarked;
