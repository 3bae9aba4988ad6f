package dev.milvuso.vector.embedded;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where changes are written down, if anywhere. Not for use by several threads at once. */
final class JournalWriter implements AutoCloseable {
    /** A journal below this size is not worth rewriting. */
    private static final long SMALL_JOURNAL_BYTES = 64L << 20;

    private final @Nullable Journal journal;
    private long sizeAfterRewrite;

    private JournalWriter(@Nullable Journal journal) {
        this.journal = journal;
        this.sizeAfterRewrite = journal == null ? 0 : journal.size();
    }

    static JournalWriter none() {
        return new JournalWriter(null);
    }

    /** @param catalogue takes what the file holds, before any damage */
    static JournalWriter open(Path file, EmbeddedCatalogue catalogue) {
        try (Replay replay = new Replay(catalogue)) {
            Journal journal = Journal.open(file, replay::take);
            replay.finish();
            return new JournalWriter(journal);
        }
    }

    /** What was found damaged when it was opened, in a sentence. */
    Optional<String> damage() {
        return journal == null ? Optional.empty() : journal.damage();
    }

    void append(byte[] record) {
        if (journal != null) {
            journal.append(record);
        }
    }

    /** Rows that move all day leave a journal of old states behind; it is rewritten when it has grown fourfold. */
    void rewriteIfMostlyOld(EmbeddedCatalogue catalogue) {
        if (journal != null && journal.size() >= Math.max(SMALL_JOURNAL_BYTES, 4 * sizeAfterRewrite)) {
            journal.rewrite(catalogue.records());
            sizeAfterRewrite = journal.size();
        }
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
