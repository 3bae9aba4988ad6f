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

    private volatile JournalShares shares;

    private JournalWriter(@Nullable Journal journal, JournalShares shares) {
        this.journal = journal;
        this.shares = shares;
        this.sizeAfterRewrite = journal == null ? 0 : journal.size();
    }

    static JournalWriter none() {
        return new JournalWriter(null, new JournalShares());
    }

    /**
     * @param catalogue takes what the file holds, before any damage
     * @param changes is told of it
     */
    static JournalWriter open(Path file, EmbeddedCatalogue catalogue, ChangesSince changes) {
        try (Replay replay = new Replay(catalogue, changes)) {
            JournalShares shares = new JournalShares();
            Journal journal = Journal.open(file, record -> {
                replay.take(record);
                shares.take(record);
            });
            replay.finish();
            JournalWriter writer = new JournalWriter(journal, shares);
            writer.begin(catalogue);
            return writer;
        }
    }

    private void begin(EmbeddedCatalogue catalogue) {
        if (catalogue.generation() == 0) {
            byte[] record = JournalBytes.generation(nextGeneration());
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

    /** That rows of a collection take, those among them that were replaced or deleted since. */
    long bytes(String collection) {
        return shares.of(collection);
    }

    void append(byte[] record) {
        if (journal != null) {
            journal.append(record);
            shares.take(record);
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
        JournalShares fresh = new JournalShares();
        journal.rewrite(catalogue.records(generation).peek(fresh::take));
        shares = fresh;
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
