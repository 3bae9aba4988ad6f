package dev.milvuso.benchmarks.archive;

import dev.milvuso.action.Action;
import dev.milvuso.codec.MalformedRecordException;
import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.topic.Topics;
import dev.milvuso.trainer.archive.hadoop.HadoopArchive;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import dev.milvuso.trainer.archive.store.LogPartition;
import dev.milvuso.trainer.archive.store.UnfinishedFile;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the archive must do at least: Parquet of rows that lie in memory, and a look at each row of it. */
final class PackedRows {
    private final List<Row> rows = new ArrayList<>();

    private record Row(ArchivedRecord record, Columns columns) {}

    PackedRows(Topics topics, List<ArchivedRecord> records) throws MalformedRecordException {
        for (ArchivedRecord record : records) {
            rows.add(new Row(record, columns(topics, record)));
        }
    }

    private static Columns columns(Topics topics, ArchivedRecord record) throws MalformedRecordException {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalStateException("a like without a value");
        }
        if (record.partition().topic().equals(topics.trainingExamples().name())) {
            TrainingExample example = topics.trainingExamples().codec().decode(value);
            return columns(
                    example.exampleId(),
                    example.userId().value(),
                    example.itemId().value(),
                    example.timestamp().toEpochMilli(),
                    1);
        }
        Action action = (Action) topics.userActions().codec().decode(value);
        return columns(
                action.eventId().value(),
                action.userId().value(),
                action.itemId().value(),
                action.timestamp().toEpochMilli(),
                -1);
    }

    private static Columns columns(String id, String user, String item, long millis, int label) {
        return new Columns(id, user, item, "Like", millis, OptionalDouble.empty(), label, 1);
    }

    /** Writes a file of each partition, by one thread. */
    long write(ArchiveConfig archive) throws IOException {
        Map<LogPartition, UnfinishedFile> files = new TreeMap<>();
        Map<LogPartition, Long> last = new TreeMap<>();
        try (ArchiveStore store = new HadoopArchive(archive, Map.of())) {
            for (Row row : rows) {
                LogPartition partition = row.record().partition();
                UnfinishedFile file = files.get(partition);
                if (file == null) {
                    store.take(partition);
                    file = store.begin(partition, archive.bufferBytes() / 8);
                    files.put(partition, file);
                }
                file.add(row.record(), row.columns());
                last.put(partition, row.record().offset());
            }
            for (Map.Entry<LogPartition, UnfinishedFile> file : files.entrySet()) {
                file.getValue().finish(LocalDate.now(ZoneOffset.UTC), 0, last.getOrDefault(file.getKey(), 0L));
            }
        }
        return rows.size();
    }

    /** Looks at every row of a topic, by one thread. */
    static long scan(ArchiveConfig archive, String topic) throws IOException {
        AtomicLong seen = new AtomicLong();
        try (ArchiveStore store = new HadoopArchive(archive, Map.of())) {
            for (ArchiveFile file : store.files(topic)) {
                store.read(file, row -> seen.incrementAndGet());
            }
        }
        return seen.get();
    }
}
