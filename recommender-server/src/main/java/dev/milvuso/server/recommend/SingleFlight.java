package dev.milvuso.server.recommend;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What several want at the same moment is made by the first of them, on that one's thread; the others wait for it as
 * long as they have time, and then make it by themselves. Holds as many entries as there are threads that make
 * something. Safe for use by many threads.
 *
 * @param <K> stands for what is made: of equal keys, one's result serves the other
 */
final class SingleFlight<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * @param patience nanoseconds that this caller can wait for another
     * @param first makes it for all who come meanwhile
     * @param alone makes it for this caller, who has waited in vain: the other failed, or was too slow
     */
    V get(K key, long patience, Supplier<V> first, Supplier<V> alone) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> running = flights.putIfAbsent(key, mine);
        if (running != null) {
            return awaited(running, patience, alone);
        }
        try {
            V made = first.get();
            mine.complete(made);
            return made;
        } finally {
            flights.remove(key);
            mine.cancel(false); // of no effect unless it was not made
        }
    }

    private V awaited(CompletableFuture<V> running, long patience, Supplier<V> alone) {
        try {
            return running.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return alone.get();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            return alone.get();
        }
    }
}
