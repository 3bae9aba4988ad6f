package dev.milvuso.trainer.online;

import io.micrometer.core.instrument.Timer;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Writes one snapshot at a time while learning goes on. For the thread that learns. */
public final class SnapshotWriter implements AutoCloseable {
    private final Snapshots snapshots;
    private final Timer pause;
    private final Timer duration;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "trainer-snapshot");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Writing writing;

    /**
     * @param pause how long learning waits for a snapshot to begin
     * @param duration how long it is being written
     */
    public SnapshotWriter(Snapshots snapshots, Timer pause, Timer duration) {
        this.snapshots = snapshots;
        this.pause = pause;
        this.duration = duration;
    }

    private record Writing(TrainerState state, CoreImage image, Future<?> done) {}

    /**
     * How a snapshot ended.
     *
     * @param state what it was to hold
     * @param fault why it was not written; empty if it was
     */
    public record Ended(TrainerState state, Optional<String> fault) {}

    public boolean isBusy() {
        return writing != null;
    }

    /** Begins a snapshot of the state's core as it is now; not before the last one's end has been taken. */
    public void begin(TrainerState state) {
        CoreImage image = pause.record(() -> snapshots.freeze(state.core()));
        if (image == null) {
            throw new IllegalStateException("there is no image");
        }
        Future<?> done = executor.submit(() -> duration.record(() -> snapshots.write(state, image)));
        writing = new Writing(state, image, done);
    }

    /** The end of the snapshot that was begun, once it has come. */
    public Optional<Ended> ended() {
        Writing last = writing;
        return last == null || !last.done().isDone() ? Optional.empty() : Optional.of(end(last));
    }

    /** Waits for the end of the snapshot that was begun, if there is one. */
    public Optional<Ended> await() {
        Writing last = writing;
        return last == null ? Optional.empty() : Optional.of(end(last));
    }

    private Ended end(Writing last) {
        Optional<String> fault = fault(last.done());
        last.state().core().parts().release(last.image(), fault.isEmpty());
        writing = null;
        return new Ended(last.state(), fault);
    }

    private static Optional<String> fault(Future<?> done) {
        try {
            done.get();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a snapshot was being written", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UncheckedIOException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
            throw new IllegalStateException("a snapshot cannot be written: " + e.getCause(), e);
        }
    }

    /** Ends the thread once what has been begun is written. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
