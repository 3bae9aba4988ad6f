/** Follows topics in Kafka without a consumer group. */
@NullMarked
package dev.milvuso.server.sync.kafka;

import org.jspecify.annotations.NullMarked;
