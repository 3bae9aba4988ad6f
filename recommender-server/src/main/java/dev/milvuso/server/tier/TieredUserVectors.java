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
        Optional<Found> found = ask(fast, user, version);
        if (found.isPresent()) {
            return found;
        }
        Optional<Found> slower = ask(slow, user, version);
        slower.ifPresent(there -> keep(fast, user, there.vector()));
        return slower;
    }

    @Override
    public void put(UserId user, UserVector vector) {
        keep(slow, user, vector);
        keep(fast, user, vector);
    }

    private Optional<Found> ask(UserVectors tier, UserId user, ModelVersion version) {
        try {
            return tier.find(user, version);
        } catch (Unavailable e) {
            away.accept(e.dependency());
            return Optional.empty();
        }
    }

    private void keep(UserVectors tier, UserId user, UserVector vector) {
        try {
            tier.put(user, vector);
        } catch (Unavailable e) {
            away.accept(e.dependency());
        }
    }
}
