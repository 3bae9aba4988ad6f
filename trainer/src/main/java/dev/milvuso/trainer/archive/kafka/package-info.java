/** Reads the log for the archive: a group shares the partitions, where to go on is the archive's to say. */
@NullMarked
package dev.milvuso.trainer.archive.kafka;

import org.jspecify.annotations.NullMarked;
