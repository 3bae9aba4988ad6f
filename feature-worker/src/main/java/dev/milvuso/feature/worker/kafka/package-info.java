/** Follows the log and writes snapshots to it. */
@NullMarked
package dev.milvuso.feature.worker.kafka;

import org.jspecify.annotations.NullMarked;
