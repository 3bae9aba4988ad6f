/** What the joiner costs, measured against a job that joins nothing. */
@NullMarked
package dev.milvuso.benchmarks.joiner;

import org.jspecify.annotations.NullMarked;
