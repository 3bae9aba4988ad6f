package dev.milvuso.server.sync.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of records that cannot be understood. Called by the thread that reads. */
@FunctionalInterface
public interface Malformed {
    /** @param reader who read the record */
    void add(Consumer<String, byte[]> reader, ConsumerRecord<String, byte[]> record, String reason);

    /** All records that were read at once have been looked at. */
    default void polled(Consumer<String, byte[]> reader) {}
}
