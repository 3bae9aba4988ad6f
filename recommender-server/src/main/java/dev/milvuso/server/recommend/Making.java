package dev.milvuso.server.recommend;

import dev.milvuso.component.Unavailable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The making of one list: how long it may take, and what could not be asked. For one thread. */
public final class Making {
    private final long startedAt;
    private final Deadline deadline;
    private final TreeSet<String> degraded = new TreeSet<>();

    /** @param startedAt milliseconds since 1970 */
    Making(long startedAt, Deadline deadline) {
        this.startedAt = startedAt;
        this.deadline = deadline;
    }

    /**
     * Empty if it cannot be asked in time, which is noted.
     *
     * @param question see {@link Bulkhead#begin}
     */
    public <T> Optional<T> ask(Bulkhead bulkhead, Object question, Supplier<Optional<T>> answer) {
        return begin(bulkhead, question, answer).await();
    }

    /** As {@link #ask}, but the answer is awaited later. */
    public <T> Deadline.Asked<Optional<T>> begin(Bulkhead bulkhead, Object question, Supplier<Optional<T>> answer) {
        try {
            Deadline.Asked<Optional<T>> asked = deadline.ask(bulkhead, question, answer);
            return () -> awaited(asked);
        } catch (Unavailable e) {
            degraded.add(e.dependency());
            return Optional::empty;
        }
    }

    private <T> Optional<T> awaited(Deadline.Asked<Optional<T>> asked) {
        try {
            return asked.await();
        } catch (Unavailable e) {
            degraded.add(e.dependency());
            return Optional.empty();
        }
    }

    /** Milliseconds since 1970. */
    public long startedAt() {
        return startedAt;
    }

    /** Nanoseconds until it should be done; not above 0 if it should be by now. */
    long left() {
        return deadline.left();
    }

    /** These could not be asked. */
    public void away(Collection<String> dependencies) {
        degraded.addAll(dependencies);
    }

    boolean isDegraded() {
        return !degraded.isEmpty();
    }

    Recommendation done(String modelVersion, String tier, List<Recommended> items) {
        return new Recommendation(modelVersion, tier, List.copyOf(degraded), startedAt, items);
    }
}
