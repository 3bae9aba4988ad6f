package dev.milvuso.trainer.archive.kafka;

import dev.milvuso.kafka.KafkaClients;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.LogPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics' partitions, shared with every other archiver of the same log. A partition that comes here waits until it
 * is told where to go on; nothing is committed. For one thread.
 */
public final class ArchiveSource implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<LogPartition> waiting = new TreeSet<>();

    /** What the log still holds of a partition: from {@code begin} to before {@code end}. */
    public record Extent(long begin, long end) {}

    /** @param lost told of every partition that goes to another reader */
    public ArchiveSource(KafkaClients kafka, Set<String> topics, Consumer<LogPartition> lost) {
        this.consumer = kafka.consumer("milvuso-archive");
        consumer.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.pause(partitions);
                partitions.forEach(partition -> waiting.add(ours(partition)));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                for (TopicPartition partition : partitions) {
                    waiting.remove(ours(partition));
                    lost.accept(ours(partition));
                }
            }
        });
    }

    /** Of the partitions that do not wait. */
    public List<ArchivedRecord> poll(Duration time) {
        List<ArchivedRecord> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(time)) {
            records.add(archived(record));
        }
        return records;
    }

    /** A record of the log as the archive keeps it. */
    public static ArchivedRecord archived(ConsumerRecord<String, byte[]> record) {
        return new ArchivedRecord(
                new LogPartition(record.topic(), record.partition()),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value());
    }

    /** Partitions that have come here and do not know yet where to go on. */
    public Set<LogPartition> waiting() {
        return new TreeSet<>(waiting);
    }

    /** How many partitions are read here. */
    public int partitions() {
        return consumer.assignment().size();
    }

    public Extent extent(LogPartition partition) {
        Set<TopicPartition> one = Set.of(theirs(partition));
        return new Extent(
                consumer.beginningOffsets(one).values().iterator().next(),
                consumer.endOffsets(one).values().iterator().next());
    }

    /** Reads a waiting partition from here. */
    public void goOn(LogPartition partition, long offset) {
        consumer.seek(theirs(partition), offset);
        consumer.resume(List.of(theirs(partition)));
        waiting.remove(partition);
    }

    /** Makes every partition wait again. */
    public void rest() {
        consumer.pause(consumer.assignment());
        consumer.assignment().forEach(partition -> waiting.add(ours(partition)));
    }

    /** Records that have not been polled, as far as the broker has told. */
    public long lag() {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    private static LogPartition ours(TopicPartition partition) {
        return new LogPartition(partition.topic(), partition.partition());
    }

    private static TopicPartition theirs(LogPartition partition) {
        return new TopicPartition(partition.topic(), partition.number());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
