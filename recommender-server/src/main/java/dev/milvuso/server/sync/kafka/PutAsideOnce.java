package dev.milvuso.server.sync.kafka;

import dev.milvuso.kafka.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts malformed records aside, those only that nobody has put aside before: a follower reads its topic from the
 * beginning at each start. How far others came is what the reader's consumer group has committed, the same group for
 * all instances. It is asked for when a record is met that is not known to be put aside, once a poll at most; so while
 * all is well nobody asks. Instances that meet a record at the same moment may each put it aside. While the group does
 * not answer, or a dead letter is not written, records are rather put aside twice than not at all.
 */
public final class PutAsideOnce implements Malformed {
    /** The consumer group that readers share. */
    public static final String GROUP = "recommender-server-dead-letters";

    private static final Logger LOG = LoggerFactory.getLogger(PutAsideOnce.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DeadLetters letters;
    private final Map<TopicPartition, Long> done = new HashMap<>();
    private final Set<TopicPartition> asked = new HashSet<>();
    private final Map<TopicPartition, List<Future<RecordMetadata>>> unwritten = new HashMap<>();

    /** Where a letter could not be written: nothing is committed, so that the next start tries again. */
    private final Set<TopicPartition> lost = new HashSet<>();

    public PutAsideOnce(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public void add(Consumer<String, byte[]> reader, ConsumerRecord<String, byte[]> record, String reason) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (isDone(partition, record) || (asked.add(partition) && isDoneByOthers(reader, partition, record))) {
            return;
        }
        done.put(partition, record.offset() + 1);
        unwritten.computeIfAbsent(partition, unused -> new ArrayList<>()).add(letters.send(record, reason));
    }

    private boolean isDone(TopicPartition partition, ConsumerRecord<String, byte[]> record) {
        return record.offset() < done.getOrDefault(partition, 0L);
    }

    private boolean isDoneByOthers(
            Consumer<String, byte[]> reader, TopicPartition partition, ConsumerRecord<String, byte[]> record) {
        try {
            OffsetAndMetadata committed =
                    reader.committed(Set.of(partition), PATIENCE).get(partition);
            if (committed != null) {
                done.merge(partition, committed.offset(), Math::max);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("what of {} was put aside before is not known: {}", partition, e.getMessage());
        }
        return isDone(partition, record);
    }

    @Override
    public void polled(Consumer<String, byte[]> reader) {
        asked.clear();
        if (unwritten.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        unwritten.forEach((partition, sent) -> {
            if (!sent.stream().allMatch(PutAsideOnce::isWritten)) {
                lost.add(partition);
            }
            if (!lost.contains(partition)) {
                offsets.put(partition, new OffsetAndMetadata(done.getOrDefault(partition, 0L)));
            }
        });
        unwritten.clear();
        commit(reader, offsets);
    }

    /** Why not is in the log already, unless nobody knows yet. */
    private static boolean isWritten(Future<RecordMetadata> letter) {
        try {
            letter.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a dead letter is not written", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void commit(Consumer<String, byte[]> reader, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            reader.commitSync(offsets, PATIENCE);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("what was put aside may be put aside again after a restart: {}", e.getMessage());
        }
    }
}
