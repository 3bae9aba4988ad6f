/** A user's history by the log. */
@NullMarked
package dev.milvuso.server.guest.kafka;

import org.jspecify.annotations.NullMarked;
