/** Clients of the log, set up the same way in every deployable. */
@NullMarked
package dev.milvuso.kafka;

import org.jspecify.annotations.NullMarked;
