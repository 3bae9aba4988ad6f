package dev.milvuso.feature.worker.kafka;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserEventReader;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.feature.worker.postgres.BatchWriter;
import dev.milvuso.feature.worker.postgres.Loading;
import dev.milvuso.feature.worker.postgres.Storing;
import dev.milvuso.feature.worker.state.ActionProcessor;
import dev.milvuso.feature.worker.state.Batch;
import dev.milvuso.feature.worker.state.Memory;
import dev.milvuso.kafka.DeadLetters;
import dev.milvuso.postgres.StatementRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that were read and are to be taken into memory. One whose outcome PostgreSQL refuses is looked for by storing
 * fewer and fewer of them at once, and put aside. For the reading thread.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final UserEventReader reader;
    private final Memory memory;
    private final ActionProcessor processor;
    private final Loading loading;
    private final Storing storing;
    private final BatchWriter offsets;
    private final SnapshotSender snapshots;
    private final DeadLetters deadLetters;
    private final Counter malformed;
    private final Pace pace = new Pace();
    private List<ConsumerRecord<String, byte[]>> held = List.of();

    Intake(
            UserEventReader reader,
            Memory memory,
            ActionProcessor processor,
            Loading loading,
            Storing storing,
            BatchWriter offsets,
            SnapshotSender snapshots,
            DeadLetters deadLetters,
            MeterRegistry metrics) {
        this.reader = reader;
        this.memory = memory;
        this.processor = processor;
        this.loading = loading;
        this.storing = storing;
        this.offsets = offsets;
        this.snapshots = snapshots;
        this.deadLetters = deadLetters;
        this.malformed = Counter.builder("milvuso.features.malformed")
                .description("records of user_actions skipped because they cannot be used")
                .register(metrics);
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** To be called when it is empty. */
    void hold(List<ConsumerRecord<String, byte[]>> records) {
        held = records;
    }

    /**
     * Takes in all that is held, or all that PostgreSQL allows.
     *
     * @throws dev.milvuso.component.Unavailable if PostgreSQL does not answer; they stay held then
     */
    void takeIn() {
        while (!held.isEmpty() && isStored()) {
            int count = Math.min(pace.most(), held.size());
            takeIn(held.subList(0, count));
            if (isStored()) {
                held = held.subList(count, held.size());
                pace.faster();
            }
        }
    }

    /** Whether what was taken in before is stored, where that has to be known before more is taken in. */
    private boolean isStored() {
        return !pace.isCareful() || storing.drain();
    }

    private void takeIn(List<ConsumerRecord<String, byte[]>> records) {
        List<UserEvent> events = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(reader.read(record.value(), record.timestamp()));
            } catch (MalformedRecordException e) {
                malformed.increment();
                LOG.debug("{}-{} at {} skipped", record.topic(), record.partition(), record.offset(), e);
            }
        }
        loading.load(events);
        for (UserEvent event : events) {
            if (event instanceof Action action) {
                processor.apply(action).ifPresentOrElse(snapshots::send, malformed::increment);
            } else if (event instanceof ServedList list) {
                processor.apply(list);
            } else if (event instanceof Erasure erasure) {
                processor.apply(erasure);
            }
        }
        records.forEach(record -> memory.read(record.partition(), record.offset() + 1));
    }

    /** PostgreSQL refuses what came of the records; the caller then reads again from the stored offsets. */
    void refused(StatementRefused reason) {
        if (!pace.isSingle()) {
            pace.slower();
            return;
        }
        ConsumerRecord<String, byte[]> culprit = held.get(0);
        deadLetters.add(culprit, String.valueOf(reason.getMessage()));
        snapshots.flush();
        offsets.write(Batch.of(Map.of(culprit.partition(), memory.step(culprit.partition(), culprit.offset() + 1))));
    }

    /** Forgets what is held: the log is read again from the stored offsets. */
    void rewind() {
        held = List.of();
        processor.rewind();
        snapshots.rewind();
    }
}
