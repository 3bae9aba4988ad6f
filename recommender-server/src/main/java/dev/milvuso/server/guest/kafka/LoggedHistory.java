package dev.milvuso.server.guest.kafka;

import dev.milvuso.action.Action;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Unavailable;
import dev.milvuso.server.guest.History;
import dev.milvuso.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log from a user's first action to its end, and keeps what has the user's key. */
public final class LoggedHistory implements History {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedHistory.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Supplier<KafkaConsumer<String, byte[]>> consumers;
    private final Topic<UserEvent> topic;
    private final Function<UserId, Instant> since;
    private final Duration patience;

    /**
     * @param consumers makes a consumer, which is closed here
     * @param since says when the user may have acted first
     * @param patience how long reading may take
     */
    public LoggedHistory(
            Supplier<KafkaConsumer<String, byte[]>> consumers,
            Topic<UserEvent> topic,
            Function<UserId, Instant> since,
            Duration patience) {
        this.consumers = consumers;
        this.topic = topic;
        this.since = since;
        this.patience = patience;
    }

    @Override
    public List<Action> of(UserId user) {
        long end = System.nanoTime() + patience.toNanos();
        try (KafkaConsumer<String, byte[]> consumer = consumers.get()) {
            // All of them: partitions that were added have moved users.
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(consumer, ends, since.apply(user));
            return read(consumer, ends, user, end);
        } catch (KafkaException e) {
            throw new Unavailable("kafka", "the history of " + user + " cannot be read from the log", e);
        }
    }

    private static void seek(KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        ends.forEach((partition, last) -> {
            OffsetAndTimestamp offset = offsets.get(partition);
            consumer.seek(partition, offset == null ? last : offset.offset());
        });
    }

    private List<Action> read(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, UserId user, long end) {
        List<Action> found = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
            if (System.nanoTime() - end > 0) {
                throw new Unavailable("kafka", "the history of " + user + " was not read in time", null);
            }
            for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
                if (user.value().equals(each.key()) && each.value() != null) {
                    add(each, found);
                }
            }
        }
        return found;
    }

    private void add(ConsumerRecord<String, byte[]> record, List<Action> into) {
        try {
            if (topic.codec().decode(record.value()) instanceof Action action) {
                into.add(action);
            }
        } catch (MalformedRecordException e) {
            // The joiner puts it aside.
            LOG.debug("a record of {} is passed over: {}", topic.name(), e.getMessage());
        }
    }
}
