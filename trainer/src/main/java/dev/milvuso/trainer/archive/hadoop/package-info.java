/** Parquet in a directory, in S3-compatible storage or in HDFS, all through Hadoop's client. */
@NullMarked
package dev.milvuso.trainer.archive.hadoop;

import org.jspecify.annotations.NullMarked;
