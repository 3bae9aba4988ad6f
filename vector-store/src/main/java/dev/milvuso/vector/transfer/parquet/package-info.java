/** Rows in Parquet files, and back: the only place that knows the library, which need not be there. */
@NullMarked
package dev.milvuso.vector.transfer.parquet;

import org.jspecify.annotations.NullMarked;
