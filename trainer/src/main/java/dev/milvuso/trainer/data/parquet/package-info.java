/** Reads columns of Parquet files. In: a file and the names of its columns. Out: rows of plain cells. */
@NullMarked
package dev.milvuso.trainer.data.parquet;

import org.jspecify.annotations.NullMarked;
