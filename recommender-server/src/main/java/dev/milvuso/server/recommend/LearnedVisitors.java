package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.tier.UserVectors;
import java.util.Optional;

/**
 * Visitors by the vectors that the trainer has learned, from the fastest tier that has them.
 *
 * @param beyond the tiers behind memory
 * @param bulkhead the threads that wait for those
 */
public record LearnedVisitors(UserVectors memory, UserVectors beyond, Bulkhead bulkhead) implements Visitors {
    private record Question(UserId user, ModelVersion version) {}

    @Override
    public Optional<Visitor> here(UserId user, Query query, ModelVersion version) {
        return memory.find(user, version).map(found -> visitor(user, found));
    }

    @Override
    public Visitor elsewhere(UserId user, Query query, ModelVersion version, Making making) {
        Optional<UserVectors.Found> found =
                making.ask(bulkhead, new Question(user, version), () -> beyond.find(user, version));
        found.ifPresent(there -> {
            making.away(there.away());
            memory.put(user, there.vector());
        });
        return found.map(there -> visitor(user, there)).orElseGet(() -> Visitor.stranger(user));
    }

    private static Visitor visitor(UserId user, UserVectors.Found found) {
        return Visitor.of(user, found.vector().vector(), found.tier());
    }
}
