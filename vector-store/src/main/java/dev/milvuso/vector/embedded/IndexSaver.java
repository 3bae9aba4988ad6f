package dev.milvuso.vector.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Saves indexes in the background: once they are made, when many rows have changed since, and when the store closes.
 */
final class IndexSaver implements Runnable {
    private final SavedIndexes saved;
    private final EmbeddedCatalogue catalogue;
    private final Supplier<JournalPosition> position;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private boolean closed;

    /** @param position of the journal now */
    IndexSaver(SavedIndexes saved, EmbeddedCatalogue catalogue, Supplier<JournalPosition> position) {
        this.saved = saved;
        this.catalogue = catalogue;
        this.position = position;
    }

    /** @param isNewJournal whether what was saved is worth nothing any more */
    void afterWrite(EmbeddedCollection written, boolean isNewJournal) {
        if (isNewJournal) {
            catalogue.collections().forEach(it -> it.dense().values().forEach(DenseColumn::unsave));
            soon();
        } else if (written.dense().values().stream().anyMatch(column -> column.isSaveDue(false))) {
            soon();
        }
    }

    private void soon() {
        if (waiting.compareAndSet(false, true)) {
            catalogue.work().threads().execute(this);
        }
    }

    /** Of what is saved of a collection now. */
    long bytes(EmbeddedCollection collection) {
        return collection.dense().keySet().stream()
                .mapToLong(field -> saved.bytes(collection.schema().name(), field))
                .sum();
    }

    @Override
    public void run() {
        waiting.set(false);
        save(false);
    }

    /** Saves what has changed at all, and then nothing any more. */
    void close() {
        save(true);
    }

    private synchronized void save(boolean isLast) {
        if (closed) {
            return;
        }
        closed = isLast;
        catalogue
                .collections()
                .forEach(collection -> collection.dense().forEach((field, column) -> {
                    if (column.isSaveDue(isLast)) {
                        saved.save(position.get(), collection.schema().name(), field, column::save);
                    }
                }));
    }
}
