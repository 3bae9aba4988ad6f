package dev.milvuso.trainer.archive;

import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.trainer.archive.kafka.ArchiveSource;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import dev.milvuso.trainer.archive.store.LogPartition;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what comes into one file for each partition. What lies in the archive is the only memory of how far it is: a
 * partition that comes here, and every one after a failure, goes on behind the last offset of the archive's listing.
 * For one thread.
 */
final class ArchivingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivingLoop.class);
    private static final Duration REST = Duration.ofMillis(100);

    private final ArchiveConfig config;
    private final ArchiveStore store;
    private final Decoding decoding;
    private final ArchiveMetrics metrics;
    private final Map<LogPartition, OpenFile> open = new TreeMap<>();

    ArchivingLoop(ArchiveConfig config, ArchiveStore store, Decoding decoding, ArchiveMetrics metrics) {
        this.config = config;
        this.store = store;
        this.decoding = decoding;
        this.metrics = metrics;
    }

    /** Another archiver has the partition now, and reads again what was not finished here. */
    void giveUp(LogPartition partition) {
        OpenFile file = open.remove(partition);
        if (file != null) {
            file.abandon();
        }
    }

    /** Begins anew, whatever has been done: the listing tells what is in the archive. */
    void recover(ArchiveSource source) {
        metrics.failures().increment();
        List.copyOf(open.keySet()).forEach(this::giveUp);
        source.rest();
    }

    /** One look at the log. */
    void turn(ArchiveSource source) throws IOException {
        goOn(source);
        for (ArchivedRecord record : source.poll(REST)) {
            add(record, source.partitions());
        }
        for (LogPartition partition : List.copyOf(open.keySet())) {
            OpenFile file = open.get(partition);
            if (file != null && file.isDue(config.rollBytes(), config.rollInterval())) {
                finish(partition);
            }
        }
        metrics.lag()
                .set(source.lag()
                        + open.values().stream().mapToLong(OpenFile::records).sum());
    }

    private void add(ArchivedRecord record, int partitions) throws IOException {
        OpenFile file = open.get(record.partition());
        if (file != null && file.endsBefore(record)) {
            finish(record.partition());
            file = null;
        }
        if (file == null) {
            long memory = Math.max(64 << 10, config.bufferBytes() / Math.max(1, partitions));
            file = new OpenFile(store.begin(record.partition(), memory), record);
            open.put(record.partition(), file);
        }
        Optional<Columns> columns = decoding.columns(record);
        if (columns.isEmpty()) {
            metrics.malformed().increment();
        }
        file.add(record, columns.orElse(Columns.NONE));
    }

    private void finish(LogPartition partition) throws IOException {
        OpenFile file = open.get(partition);
        if (file == null) {
            return;
        }
        file.finish();
        open.remove(partition);
        metrics.records().apply(partition.topic()).increment((double) file.records());
    }

    /** @throws IOException if one of them cannot be; its records are on the log still */
    void finishAll() throws IOException {
        for (LogPartition partition : List.copyOf(open.keySet())) {
            finish(partition);
        }
    }

    private void goOn(ArchiveSource source) throws IOException {
        Map<String, Map<LogPartition, Long>> ends = new HashMap<>();
        for (LogPartition partition : source.waiting()) {
            // First what others may still finish, then what they have: nothing comes between the listing and us.
            store.take(partition);
        }
        for (LogPartition partition : source.waiting()) {
            Map<LogPartition, Long> listed = ends.get(partition.topic());
            if (listed == null) {
                listed = ends(partition.topic());
                ends.put(partition.topic(), listed);
            }
            source.goOn(partition, from(partition, listed.getOrDefault(partition, 0L), source.extent(partition)));
        }
    }

    private Map<LogPartition, Long> ends(String topic) throws IOException {
        Map<LogPartition, Long> ends = new HashMap<>();
        for (ArchiveFile file : store.files(topic)) {
            ends.merge(file.partition(), file.last() + 1, Math::max);
        }
        return ends;
    }

    private long from(LogPartition partition, long next, ArchiveSource.Extent log) {
        if (next > log.end()) {
            throw new IllegalStateException(partition + " ends at " + log.end() + " and the archive holds it up to "
                    + next + ": archive.uri is the archive of another log, name another place");
        }
        if (next < log.begin()) {
            LOG.error("{}: the log has deleted {} to {} before they were archived", partition, next, log.begin() - 1);
            metrics.missed().increment((double) (log.begin() - next));
        }
        return Math.max(next, log.begin());
    }
}
