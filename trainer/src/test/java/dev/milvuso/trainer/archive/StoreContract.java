package dev.milvuso.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.config.ArchiveConfig;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.trainer.archive.hadoop.HadoopArchive;
import dev.milvuso.trainer.archive.store.ArchiveFile;
import dev.milvuso.trainer.archive.store.ArchiveStore;
import dev.milvuso.trainer.archive.store.ArchivedRecord;
import dev.milvuso.trainer.archive.store.Columns;
import dev.milvuso.trainer.archive.store.LearntFrom;
import dev.milvuso.trainer.archive.store.LogPartition;
import dev.milvuso.trainer.archive.store.UnfinishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class StoreContract {
    private static final LogPartition PARTITION = new LogPartition("training.examples_1", 3);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final long MEMORY = 1 << 20;

    private ArchiveStore store;

    /** Settings of {@code [archive]} that lead to the store under test. */
    abstract List<String> settings(String folder);

    abstract Map<String, String> environment();

    static ArchiveConfig config(List<String> settings) {
        return ConfigLoader.load(Optional.empty(), Map.of(), settings).archive();
    }

    @BeforeEach
    void make() throws IOException {
        store = new HadoopArchive(config(settings("a" + UUID.randomUUID())), environment());
        store.take(PARTITION);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void add(UnfinishedFile file, long offset) throws IOException {
        Columns columns = offset % 10 == 7
                ? Columns.NONE
                : new Columns("e" + offset, "u" + offset % 5, "ü" + offset, "Like", 1, OptionalDouble.empty(), 1, 0.5f);
        file.add(
                new ArchivedRecord(
                        PARTITION, offset, 2 * offset, "key", ("{" + offset + "}").getBytes(StandardCharsets.UTF_8)),
                columns);
    }

    private UnfinishedFile begun(long first, long last) throws IOException {
        UnfinishedFile file = store.begin(PARTITION, MEMORY);
        for (long offset = first; offset <= last; offset++) {
            add(file, offset);
        }
        return file;
    }

    @Test
    void aFinishedFileIsListedAndReadInTheOrderOfItsOffsets() throws IOException {
        begun(100, 1999).finish(DAY, 100, 1999);
        begun(0, 99).finish(DAY.minusDays(1), 0, 99);
        List<ArchiveFile> files = store.files(PARTITION.topic());
        assertThat(files)
                .containsExactly(
                        new ArchiveFile(PARTITION, DAY.minusDays(1), 0, 99),
                        new ArchiveFile(PARTITION, DAY, 100, 1999));

        List<LearntFrom> rows = new ArrayList<>();
        store.read(files.get(1), rows::add);
        assertThat(rows).hasSize(1900);
        assertThat(rows.get(3)).isEqualTo(new LearntFrom(103, "e103", "u3", "ü103", 1, 0.5f));
        assertThat(rows.get(7)).isEqualTo(new LearntFrom(107, null, null, null, -1, 0));
        assertThat(rows.stream().map(LearntFrom::offset)).isSorted();
    }

    @Test
    void nobodySeesAFileThatIsNotFinished() throws IOException {
        UnfinishedFile file = begun(0, 10);
        assertThat(store.files(PARTITION.topic())).isEmpty();
        file.abandon();
        assertThat(store.files(PARTITION.topic())).isEmpty();
    }

    @Test
    void whoTakesAPartitionKeepsTheOneBeforeFromFinishing() throws IOException {
        UnfinishedFile old = begun(0, 10);
        store.take(PARTITION);
        assertThatThrownBy(() -> old.finish(DAY, 0, 10)).isInstanceOf(IOException.class);
        old.abandon();
        begun(0, 20).finish(DAY, 0, 20);
        assertThat(store.files(PARTITION.topic())).containsExactly(new ArchiveFile(PARTITION, DAY, 0, 20));
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws IOException {
        begun(0, 10).finish(DAY, 0, 10);
        UnfinishedFile second = begun(0, 10);
        assertThatThrownBy(() -> second.finish(DAY, 0, 10)).isInstanceOf(IOException.class);
        second.abandon();
        assertThat(store.files(PARTITION.topic())).hasSize(1);
    }

    @Test
    void whatOthersPutThereIsNoFileOfOurs() throws IOException {
        assertThat(store.files(PARTITION.topic())).isEmpty();
        begun(5, 6).finish(DAY, 5, 6);
        assertThat(store.files("training")).isEmpty();
        assertThat(Stream.of(
                                "day=2026-11-21/x.p0.0-1.parquet",
                                "day=2026-13-21/x.p0.0000000000000000000-0000000000000000001.parquet",
                                "day=2026-11-21/x.p0.0000000000000000002-0000000000000000001.parquet",
                                "day=2026-11-21/x.p0.9999999999999999999-9999999999999999999.parquet")
                        .map(ArchiveFile::at))
                .allMatch(Optional::isEmpty);
    }
}
