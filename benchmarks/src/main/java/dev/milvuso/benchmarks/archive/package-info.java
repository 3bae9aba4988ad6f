/**
 * The archive by itself: what is written and read back for each second of a core, beside what each step costs alone.
 */
@NullMarked
package dev.milvuso.benchmarks.archive;

import org.jspecify.annotations.NullMarked;
