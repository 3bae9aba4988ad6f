package dev.milvuso.vector.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the saved indexes are worth using once a journal is read: those whose rows are nearly all as they were when
 * the index was saved. For one thread.
 */
final class ChangesSince {
    private static final long ALL = Long.MAX_VALUE / 2;

    private final SavedIndexes saved;
    private final List<SavedIndexes.Header> headers;
    private final Map<SavedIndexes.Header, Long> changes = new HashMap<>();

    ChangesSince(SavedIndexes saved) {
        this.saved = saved;
        this.headers = saved.headers();
    }

    /** @param end of the record, in bytes */
    void take(JournalRecord record, long end) {
        for (SavedIndexes.Header header : headers) {
            if (end > header.position().offset()) {
                changes.merge(header, record.changes(header.collection()), (a, b) -> Math.min(ALL, a + b));
            }
        }
    }

    /** Once the journal is read. */
    void restore(EmbeddedCatalogue catalogue, JournalPosition end) {
        for (SavedIndexes.Header header : headers) {
            DenseColumn column = catalogue
                    .find(header.collection())
                    .flatMap(it -> it.dense(header.field()))
                    .orElse(null);
            if (column == null
                    || header.position().generation() != end.generation()
                    || header.position().offset() > end.offset()) {
                saved.forget(header.file(), "it belongs to another journal");
            } else if (changes.getOrDefault(header, 0L) > column.changesBearable()) {
                saved.forget(header.file(), "too many rows have changed since");
            } else {
                saved.restore(header, column);
            }
        }
    }
}
