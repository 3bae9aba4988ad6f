package dev.milvuso.server.sync.kafka;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where in a topic reading begins. */
@FunctionalInterface
public interface Start {
    /** Brings a consumer to that place in some of its partitions. */
    void seek(KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions);

    static Start earliest() {
        return KafkaConsumer::seekToBeginning;
    }

    /** At the first record of this time or later. */
    static Start since(Instant time) {
        return (consumer, partitions) -> {
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp offset = offsets.get(partition);
                if (offset == null) {
                    consumer.seekToEnd(List.of(partition));
                } else {
                    consumer.seek(partition, offset.offset());
                }
            }
        };
    }

    /** @param records about so many before the end, an equal part of each partition */
    static Start last(long records) {
        return (consumer, partitions) -> {
            long each = records / Math.max(1, consumer.assignment().size());
            Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) ->
                            consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), end - each)));
        };
    }
}
