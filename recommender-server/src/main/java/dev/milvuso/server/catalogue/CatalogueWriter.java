package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.item.Item;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Changes the catalogue's record, then the catalogue of this instance. Every result may be an {@link Unavailable},
 * after which it is not known whether the change was made.
 */
public final class CatalogueWriter implements AutoCloseable {
    private final CatalogueStore store;
    private final Catalogue catalogue;
    private final RecordCalls calls;

    /** @param patience how long a change may take */
    public CatalogueWriter(CatalogueStore store, Catalogue catalogue, Duration patience) {
        this.store = store;
        this.catalogue = catalogue;
        this.calls = new RecordCalls("postgres", "catalogue-writer", patience);
    }

    /** Inserts or replaces, all or none. */
    public CompletableFuture<CatalogueStore.Written> put(List<Item> items) {
        return calls.call(() -> {
            CatalogueStore.Written written = store.put(items);
            catalogue.apply(written.changes());
            return written;
        });
    }

    /** @return empty if it is not there */
    public CompletableFuture<Optional<Change>> delete(ItemId id) {
        return calls.call(() -> {
            Optional<Change> change = store.delete(id);
            change.ifPresent(done -> catalogue.apply(List.of(done)));
            return change;
        });
    }

    /**
     * Changes an item as it is now, in one step.
     *
     * @param change may throw, which is the result then
     * @return the item as it is then; empty if it is not there
     */
    public CompletableFuture<Optional<Item>> patch(ItemId id, UnaryOperator<Item> change) {
        return calls.call(() -> {
            Optional<Change> done = store.patch(id, change);
            done.ifPresent(written -> catalogue.apply(List.of(written)));
            return done.flatMap(Change::item);
        });
    }

    @Override
    public void close() {
        calls.close();
    }
}
