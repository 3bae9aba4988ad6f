/** Keeps profiles, statistics and offsets in PostgreSQL, in one transaction. */
@NullMarked
package dev.milvuso.feature.worker.postgres;

import org.jspecify.annotations.NullMarked;
