package dev.milvuso.trainer.archive;

import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.trainer.archive.hadoop.HadoopArchive;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.LearntFrom;
import dev.milvuso.trainer.archive.store.LogPartition;
import dev.milvuso.trainer.data.Cut;
import dev.milvuso.trainer.data.PositivePairs;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The positive examples of an archive, each example id once, as the joiner may have written one twice.
 *
 * @param cut behind the last offset of every partition that was read
 * @param repeated examples left out because their id had come before
 */
public record ArchivedExamples(PositivePairs pairs, Cut cut, long repeated) {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivedExamples.class);

    /** Files read at once. Not the number of cores: their rows come in the same order on every machine. */
    private static final int LANES = 8;

    private record Part(ArchiveFile file, long from) {}

    /**
     * @param topic of the examples
     * @param remembered how many ids the cut may carry, the last of every partition
     * @throws IllegalArgumentException in one sentence, if there is no archive, it cannot be read, or it holds no
     *     positive example
     * @throws IllegalStateException if it was interrupted, or Hadoop's libraries are not there
     */
    public static ArchivedExamples read(
            ArchiveConfig archive, Map<String, String> environment, String topic, int remembered) {
        try (ArchiveStore store = new HadoopArchive(archive, environment)) {
            List<ArchiveFile> files = store.files(topic);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("the archive " + archive.uri() + " holds no file of " + topic
                        + ": must be the archive.uri of a trainer that has run");
            }
            ArchivedExamples examples = read(store, files, remembered);
            if (examples.pairs().size() == 0) {
                throw new IllegalArgumentException(
                        "the archive " + archive.uri() + " holds no positive example, must hold at least one");
            }
            LOG.info(
                    "{} files of {}: {} positive examples, {} repeated ones left out",
                    files.size(),
                    topic,
                    examples.pairs().size(),
                    examples.repeated());
            return examples;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the archive " + archive.uri() + " cannot be read: " + firstLine(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("reading the archive was interrupted", e);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "Hadoop's and Parquet's libraries are not on the class path: see docs/decisions/archive.md", e);
        }
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static ArchivedExamples read(ArchiveStore store, List<ArchiveFile> files, int remembered)
            throws IOException, InterruptedException {
        Map<String, Map<Integer, Long>> next = new HashMap<>();
        Deque<Part> parts = new ArrayDeque<>(parts(files, next));
        Collected collected = new Collected(next, remembered);
        ExecutorService readers = Executors.newFixedThreadPool(LANES);
        try {
            List<Lane> lanes = new ArrayList<>();
            while (!parts.isEmpty() || !lanes.isEmpty()) {
                while (lanes.size() < LANES && !parts.isEmpty()) {
                    lanes.add(begun(readers, store, parts.remove()));
                }
                // One chunk of each in turn: as parallel as the lanes, and always in the same order.
                for (Lane lane : List.copyOf(lanes)) {
                    if (!lane.chunks().take(rows -> collected.add(lane.partition(), rows))) {
                        lanes.remove(lane);
                    }
                }
            }
        } finally {
            readers.shutdownNow();
        }
        return new ArchivedExamples(collected.pairs, new Cut(next, collected.recent), collected.repeated);
    }

    private record Lane(LogPartition partition, FileChunks chunks) {}

    private static Lane begun(ExecutorService readers, ArchiveStore store, Part part) {
        FileChunks chunks = new FileChunks();
        readers.execute(() -> chunks.read(store, part.file(), part.from()));
        return new Lane(part.file().partition(), chunks);
    }

    /** Where two archivers have written the same offsets, each counts once. */
    private static List<Part> parts(List<ArchiveFile> files, Map<String, Map<Integer, Long>> next) {
        List<Part> parts = new ArrayList<>();
        for (ArchiveFile file : files) {
            LogPartition partition = file.partition();
            Map<Integer, Long> ends = next.computeIfAbsent(partition.topic(), topic -> new HashMap<>());
            long from = ends.getOrDefault(partition.number(), 0L);
            if (file.last() >= from) {
                parts.add(new Part(file, from));
                ends.put(partition.number(), file.last() + 1);
            }
        }
        return parts;
    }

    private static final class Collected {
        private final PositivePairs pairs = new PositivePairs();
        private final DistinctIds ids = new DistinctIds();
        private final List<String> recent = new ArrayList<>();
        private final Map<String, Map<Integer, Long>> ends;
        private final long rememberedOfPartition;
        private long repeated;

        Collected(Map<String, Map<Integer, Long>> ends, int remembered) {
            this.ends = ends;
            int partitions = ends.values().stream().mapToInt(Map::size).sum();
            this.rememberedOfPartition = remembered / Math.max(1, partitions);
        }

        void add(LogPartition partition, List<LearntFrom> rows) {
            long end = ends.getOrDefault(partition.topic(), Map.of()).getOrDefault(partition.number(), 0L);
            for (LearntFrom row : rows) {
                String id = row.id();
                if (id != null && row.offset() >= end - rememberedOfPartition) {
                    recent.add(id);
                }
                add(row);
            }
        }

        private void add(LearntFrom row) {
            String id = row.id();
            String user = row.userId();
            String item = row.itemId();
            if (id == null || user == null || item == null) {
                pairs.skip();
            } else if (!ids.add(id)) {
                repeated++;
            } else if (row.label() == 1 && row.weight() > 0) {
                pairs.add(user, item);
            } else {
                pairs.leaveOut();
            }
        }
    }
}
