/** Tests of Parquet files. */
@NullMarked
package dev.milvuso.trainer.data.parquet;

import org.jspecify.annotations.NullMarked;
