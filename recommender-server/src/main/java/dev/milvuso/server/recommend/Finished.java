package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import io.micrometer.core.instrument.Counter;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finished lists in memory and, behind it, those that instances share.
 *
 * @param bulkhead the threads that wait for {@code shared}
 * @param served counts lists that memory had
 */
public record Finished(FinishedLists memory, SharedLists shared, Bulkhead bulkhead, Counter served) {
    private record Question(UserId user, Query query, ModelVersion version) {}

    /** What stands for all that has happened to the user so far: to be read before a list is made. */
    long change(UserId user) {
        return memory.change(user);
    }

    Optional<FinishedLists.Fresh> here(
            UserId user, Query query, ModelVersion version, long revision, Predicate<Recommendation> fits) {
        Optional<FinishedLists.Fresh> found = memory.find(user, version, query, revision, fits);
        if (found.isPresent()) {
            served.increment();
        }
        return found;
    }

    /** What is found is kept in memory too. */
    Optional<Recommendation> elsewhere(
            UserId user,
            Query query,
            ModelVersion version,
            long change,
            long revision,
            Predicate<Recommendation> fits,
            Making making) {
        Optional<Recommendation> found = making.ask(
                        bulkhead, new Question(user, query, version), () -> shared.find(user, version, query))
                .filter(list -> memory.isCurrent(user, list.madeAt()) && fits.test(list));
        found.ifPresent(list -> memory.put(user, version, query, list, change, revision));
        return found;
    }

    void keep(UserId user, Query query, ModelVersion version, Recommendation list, long change, long revision) {
        memory.put(user, version, query, list, change, revision);
        shared.put(user, version, query, list);
    }
}
