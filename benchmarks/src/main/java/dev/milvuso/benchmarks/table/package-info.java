/** The trainer's parameter table: what it takes up, how it grows, and what its snapshots cost. */
@NullMarked
package dev.milvuso.benchmarks.table;

import org.jspecify.annotations.NullMarked;
