package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Entity;
import dev.milvuso.vector.PartialWrite;
import io.milvus.shaded.io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the calls of a write, the lanes at once, and says which rows were not stored when one fails. */
final class WriteLanes {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "milvus-writes");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Entity> entities;
    private final WriteBatches batches;
    private final @Nullable Object[] given;
    private final boolean[] stored;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    WriteLanes(List<Entity> entities, WriteBatches batches) {
        this.entities = entities;
        this.batches = batches;
        this.given = new Object[entities.size()];
        this.stored = new boolean[entities.size()];
    }

    /**
     * @param call writes some entities; gives something for each of them, or nothing at all
     * @return what was given, in the order of the entities
     * @throws RuntimeException that of the call that failed, or a {@link PartialWrite} if others were acknowledged
     */
    <T> List<T> write(Function<List<Entity>, List<T>> call) {
        List<List<List<Integer>>> lanes = batches.lanes();
        List<Future<?>> others = new ArrayList<>();
        for (List<List<Integer>> lane : lanes.subList(Math.min(1, lanes.size()), lanes.size())) {
            // A deadline of the caller's holds for all.
            others.add(THREADS.submit(Context.current().wrap(() -> lane(lane, call))));
        }
        if (!lanes.isEmpty()) {
            lane(lanes.get(0), call);
        }
        others.forEach(this::await);
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw outcome(failed);
        }
        List<T> all = new ArrayList<>();
        for (Object one : given) {
            if (one != null) {
                @SuppressWarnings("unchecked")
                T typed = (T) one;
                all.add(typed);
            }
        }
        return all;
    }

    /** After a failure, of whichever lane, no further call is made. */
    private <T> void lane(List<List<Integer>> lane, Function<List<Entity>, List<T>> call) {
        for (List<Integer> batch : lane) {
            if (failure.get() != null) {
                return;
            }
            try {
                List<T> answers = call.apply(batch.stream().map(entities::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    stored[batch.get(i)] = true;
                    if (!answers.isEmpty()) {
                        given[batch.get(i)] = answers.get(i);
                    }
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void await(Future<?> lane) {
        boolean interrupted = false;
        while (true) {
            try {
                lane.get();
                break;
            } catch (InterruptedException e) {
                // The lane ends by its deadline; who leaves earlier could not say what was stored.
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a lane of a write failed: " + e.getCause(), e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RuntimeException outcome(RuntimeException failed) {
        List<Integer> missing = batches.lanes().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(position -> !stored[position])
                .sorted()
                .toList();
        boolean nothing = IntStream.range(0, stored.length).noneMatch(i -> stored[i]);
        return nothing ? failed : PartialWrite.of(PartialWrite.Kind.STORE, missing, entities.size(), failed);
    }
}
