/** What the trainer's kernels cost, and what the machine would allow. In: nothing. Out: JSON, or JMH's tables. */
@NullMarked
package dev.milvuso.benchmarks.trainer;

import org.jspecify.annotations.NullMarked;
