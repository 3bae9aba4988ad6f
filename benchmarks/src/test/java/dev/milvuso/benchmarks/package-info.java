/** Whether the command line finds the benchmarks, and says what they say. */
@NullMarked
package dev.milvuso.benchmarks;

import org.jspecify.annotations.NullMarked;
