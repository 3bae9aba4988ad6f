package dev.milvuso.server.catalogue;

import dev.milvuso.action.ItemId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.item.Item;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes the catalogue's record, then the catalogue of this instance. Few threads wait for the record; who comes when
 * all are taken and the queue is full is sent away. Every result may be an {@link Unavailable}, after which it is not
 * known whether the change was made.
 */
public final class CatalogueWriter implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int QUEUE = 64;

    private final CatalogueStore store;
    private final Catalogue catalogue;
    private final Duration patience;
    private final ExecutorService threads =
            new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                Thread thread = new Thread(task, "catalogue-writer");
                thread.setDaemon(true);
                return thread;
            });

    /** @param patience how long a change may take */
    public CatalogueWriter(CatalogueStore store, Catalogue catalogue, Duration patience) {
        this.store = store;
        this.catalogue = catalogue;
        this.patience = patience;
    }

    /** Inserts or replaces, all or none. */
    public CompletableFuture<CatalogueStore.Written> put(List<Item> items) {
        return change(() -> {
            CatalogueStore.Written written = store.put(items);
            catalogue.apply(written.changes());
            return written;
        });
    }

    /** @return empty if it is not there */
    public CompletableFuture<Optional<Change>> delete(ItemId id) {
        return change(() -> {
            Optional<Change> change = store.delete(id);
            change.ifPresent(done -> catalogue.apply(List.of(done)));
            return change;
        });
    }

    private <T> CompletableFuture<T> change(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads)
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Unavailable("postgres", "too many changes wait", e));
        }
    }

    private static Throwable translated(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause == null || cause instanceof TimeoutException
                ? new Unavailable("postgres", "the change took too long", cause)
                : cause;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
