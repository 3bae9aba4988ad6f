package dev.milvuso.trainer.online.kafka;

import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.component.Unavailable;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * All partitions of {@code training_examples}, those included that are added while it reads. Where to go on is the
 * caller's to keep: nothing is committed. For one thread.
 */
public final class ExampleSource implements AutoCloseable {
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(5);

    private final Topic<TrainingExample> topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final DeadLetters deadLetters;
    private final Map<Integer, Long> putAside;
    private final Map<Integer, Long> next = new TreeMap<>();
    private final Queue<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();
    private Instant looked = Instant.EPOCH;

    /** @param next the offset to begin at, by partition; a partition that is not named is read from its beginning */
    public ExampleSource(
            Topic<TrainingExample> topic, KafkaClients kafka, DeadLetters deadLetters, Map<Integer, Long> next) {
        this(topic, kafka, deadLetters, next, Map.of());
    }

    /** @param putAside before these offsets, by partition, what is no example was put aside by another source */
    public ExampleSource(
            Topic<TrainingExample> topic,
            KafkaClients kafka,
            DeadLetters deadLetters,
            Map<Integer, Long> next,
            Map<Integer, Long> putAside) {
        this.putAside = putAside;
        this.topic = topic;
        this.consumer = kafka.consumer("trainer");
        this.deadLetters = deadLetters;
        this.next.putAll(next);
    }

    /**
     * What has come, waiting for the first at most so long; a record that is no example is put aside.
     *
     * @param most examples at once
     */
    public List<TrainingExample> poll(Duration time, int most) {
        if (fetched.isEmpty()) {
            fetch(time);
        }
        List<TrainingExample> examples = new ArrayList<>();
        while (examples.size() < most && !fetched.isEmpty()) {
            ConsumerRecord<String, byte[]> record = fetched.remove();
            try {
                examples.add(topic.codec().decode(record.value() == null ? new byte[0] : record.value()));
            } catch (MalformedRecordException e) {
                if (record.offset() >= putAside.getOrDefault(record.partition(), 0L)) {
                    deadLetters.add(record, String.valueOf(e.getMessage()));
                }
            }
            next.put(record.partition(), record.offset() + 1);
        }
        return examples;
    }

    /**
     * The same, but once there is one example it waits for more, until there are as many as asked for.
     *
     * @param fill how long it waits for more
     */
    public List<TrainingExample> poll(Duration time, Duration fill, int most) {
        if (fetched.isEmpty()) {
            fetch(time);
        }
        Instant end = Instant.now().plus(fill);
        Duration left = fill;
        while (!fetched.isEmpty() && fetched.size() < most && left.compareTo(Duration.ZERO) > 0) {
            fetch(left);
            left = Duration.between(Instant.now(), end);
        }
        return poll(Duration.ZERO, most);
    }

    private void fetch(Duration time) {
        Instant now = Instant.now();
        if (Duration.between(looked, now).compareTo(LOOK_FOR_PARTITIONS) >= 0) {
            assignAll();
            looked = now;
        }
        consumer.poll(time).forEach(fetched::add);
    }

    private void assignAll() {
        List<TopicPartition> all = consumer.partitionsFor(topic.name()).stream()
                .map(info -> new TopicPartition(topic.name(), info.partition()))
                .toList();
        if (all.size() == consumer.assignment().size()) {
            return;
        }
        consumer.assign(all);
        for (TopicPartition partition : all) {
            Long offset = next.get(partition.partition());
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
    }

    /** Behind everything that {@link #poll} has returned. */
    public Map<Integer, Long> next() {
        return Map.copyOf(next);
    }

    /** Behind the last record of each partition as of now. */
    public static Map<Integer, Long> ends(Topic<TrainingExample> topic, KafkaClients kafka) {
        try (KafkaConsumer<String, byte[]> consumer = kafka.consumer("trainer-ends")) {
            List<TopicPartition> all = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition()))
                    .toList();
            Map<Integer, Long> ends = new TreeMap<>();
            consumer.endOffsets(all).forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        } catch (KafkaException e) {
            throw new Unavailable("kafka", "the end of " + topic.name() + " cannot be asked for: " + e.getMessage(), e);
        }
    }

    /** Records that wait, asked of the broker. */
    public long behind() {
        if (consumer.assignment().isEmpty()) {
            return Long.MAX_VALUE;
        }
        return fetched.size()
                + consumer.endOffsets(consumer.assignment()).entrySet().stream()
                        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                        .sum();
    }

    /** Records that wait, as far as the broker has told. */
    public long lag() {
        return fetched.size()
                + consumer.assignment().stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
