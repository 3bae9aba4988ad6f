package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the fast tier first; what the slow one had goes into the fast one.
 *
 * @param away told which dependency did not answer; the other tier goes on
 */
public record TieredUserVectors(UserVectors fast, UserVectors slow, Consumer<String> away) implements UserVectors {
    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        try {
            Optional<Found> found = fast.find(user, version);
            return found.isPresent() ? found : findSlow(user, version);
        } catch (Unavailable e) {
            away.accept(e.dependency());
            Optional<Found> found = findSlow(user, version);
            if (found.isEmpty()) {
                throw e; // the tier that is away may have had it
            }
            return found;
        }
    }

    private Optional<Found> findSlow(UserId user, ModelVersion version) {
        Optional<Found> found = slow.find(user, version);
        found.ifPresent(there -> keep(fast, user, there.vector()));
        return found;
    }

    @Override
    public void put(UserId user, UserVector vector) {
        keep(slow, user, vector);
        keep(fast, user, vector);
    }

    private void keep(UserVectors tier, UserId user, UserVector vector) {
        try {
            tier.put(user, vector);
        } catch (Unavailable e) {
            away.accept(e.dependency());
        }
    }
}
