package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Scored;
import dev.milvuso.server.tier.UserVectors;
import dev.milvuso.server.tier.memory.ItemIndex;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the model says of a user: the user's vector from the fastest tier that has it, and the items that are nearest to
 * it, from memory or, while they are not there, from the vector store.
 *
 * @param beyond the tiers behind memory
 * @param stored asked while the items are not in memory
 * @param bulkhead the threads that wait for both
 */
public record LearnedTaste(
        ServedModel model,
        UserVectors memory,
        UserVectors beyond,
        ItemSearch stored,
        Bulkhead bulkhead,
        double similarityThreshold) {
    /** How many more than asked for the vector store is asked for, since the catalogue filters afterwards. */
    private static final int SPARE = 200;

    private static final int MOST = 16384;

    Optional<UserVectors.Found> inMemory(UserId user, ModelVersion version) {
        return memory.find(user, version);
    }

    Optional<UserVectors.Found> elsewhere(UserId user, ModelVersion version, Making making) {
        Optional<UserVectors.Found> found = making.ask(bulkhead, () -> beyond.find(user, version));
        found.ifPresent(there -> {
            making.away(there.away());
            memory.put(user, there.vector());
        });
        return found;
    }

    /** Items and the slowest tier that was needed. */
    record Nearest(List<Scored> items, String tier) {}

    /**
     * @param hidden how many items {@code fits} refuses because of the user
     * @return best first; none if the items cannot be asked for
     */
    Nearest nearest(
            UserVectors.Found user,
            ModelVersion version,
            int count,
            int hidden,
            Predicate<ItemId> fits,
            Making making) {
        float[] taste = user.vector().vector();
        Optional<ItemIndex> index = model.items(version);
        if (index.isPresent()) {
            return new Nearest(index.get().search(taste, count, similarityThreshold, fits), user.tier());
        }
        int k = Math.min(MOST, count + hidden + SPARE);
        List<Scored> found = making.ask(bulkhead, () -> Optional.of(stored.search(taste, k, version)))
                .orElse(List.of());
        return new Nearest(
                found.stream()
                        .filter(each -> fits.test(each.item()))
                        .limit(count)
                        .toList(),
                "milvus");
    }
}
