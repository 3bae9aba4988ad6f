/** The log in Kafka: acknowledged writes and heartbeats. */
@NullMarked
package dev.milvuso.server.action.kafka;

import org.jspecify.annotations.NullMarked;
