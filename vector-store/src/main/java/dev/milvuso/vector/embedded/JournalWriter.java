package dev.milvuso.vector.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where changes are written down, if anywhere. Not for use by several threads at once. */
final class JournalWriter implements AutoCloseable {
    /** A journal below this size is not worth rewriting. */
    private static final long SMALL_JOURNAL_BYTES = 64L << 20;

    private final @Nullable Journal journal;
    private final SplittableRandom generations = new SplittableRandom();
    private long sizeAfterRewrite;
    private volatile JournalPosition position = JournalPosition.NONE;

    private JournalWriter(@Nullable Journal journal) {
        this.journal = journal;
        this.sizeAfterRewrite = journal == null ? 0 : journal.size();
    }

    static JournalWriter none() {
        return new JournalWriter(null);
    }

    /**
     * @param catalogue takes what the file holds, before any damage
     * @param changes is told of it
     */
    static JournalWriter open(Path file, EmbeddedCatalogue catalogue, ChangesSince changes) {
        try (Replay replay = new Replay(catalogue, changes)) {
            Journal journal = Journal.open(file, replay::take);
            replay.finish();
            JournalWriter writer = new JournalWriter(journal);
            writer.begin(catalogue);
            return writer;
        }
    }

    private void begin(EmbeddedCatalogue catalogue) {
        if (catalogue.generation() == 0) {
            byte[] record = JournalRecord.generation(nextGeneration());
            append(record);
            catalogue.apply(record);
        }
        position = new JournalPosition(catalogue.generation(), position.offset());
        moved();
    }

    private long nextGeneration() {
        return generations.nextLong(1, Long.MAX_VALUE);
    }

    private void moved() {
        if (journal != null) {
            position = new JournalPosition(position.generation(), journal.size());
        }
    }

    /** Where the next record will be; may be asked by other threads. */
    JournalPosition position() {
        return position;
    }

    /** What was found damaged when it was opened, in a sentence. */
    Optional<String> damage() {
        return journal == null ? Optional.empty() : journal.damage();
    }

    void append(byte[] record) {
        if (journal != null) {
            journal.append(record);
            moved();
        }
    }

    /**
     * Rows that move all day leave a journal of old states behind; it is rewritten when it has grown fourfold.
     *
     * @return whether it was
     */
    boolean rewriteIfMostlyOld(EmbeddedCatalogue catalogue) {
        if (journal == null || journal.size() < Math.max(SMALL_JOURNAL_BYTES, 4 * sizeAfterRewrite)) {
            return false;
        }
        long generation = nextGeneration();
        journal.rewrite(catalogue.records(generation));
        sizeAfterRewrite = journal.size();
        position = new JournalPosition(generation, journal.size());
        return true;
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
