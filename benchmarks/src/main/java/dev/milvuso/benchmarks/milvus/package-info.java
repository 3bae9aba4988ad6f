/** The adapter for Milvus beside the SDK alone, on the same server. */
@NullMarked
package dev.milvuso.benchmarks.milvus;

import org.jspecify.annotations.NullMarked;
