package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import java.util.Optional;

/**
 * What a visitor has seen, for as long as there is time to ask.
 *
 * @param bulkhead the threads that wait for the record of it, and its breaker
 */
public record History(SeenItems seen, Bulkhead bulkhead) {
    /** What is to be left out of the list: all that is known by the time it is awaited. */
    Deadline.Asked<Seen> begin(UserId user, Query query, Making making) {
        if (!query.excludeSeen()) {
            return () -> Seen.NOTHING;
        }
        Seen known = seen.known(user);
        if (known.isLoaded()) {
            return () -> known;
        }
        Deadline.Asked<Optional<Boolean>> loading = making.begin(
                bulkhead,
                user,
                () -> bulkhead.breaker().call(() -> {
                    seen.load(user);
                    return Optional.of(true);
                }));
        return () -> {
            var unused = loading.await();
            return seen.known(user);
        };
    }
}
