package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the fast tier first; what the slow one had goes into the fast one. If the fast one is away, the slow one is
 * asked alone, and what it has says so.
 */
public record TieredUserVectors(UserVectors fast, UserVectors slow) implements UserVectors {
    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        Optional<Found> quick;
        try {
            quick = fast.find(user, version);
        } catch (Unavailable e) {
            Found found = slow.find(user, version).orElseThrow(() -> e); // the one that is away may have had it
            return Optional.of(new Found(found.vector(), found.tier(), Set.of(e.dependency())));
        }
        return quick.isPresent() ? quick : findSlow(user, version);
    }

    private Optional<Found> findSlow(UserId user, ModelVersion version) {
        Optional<Found> found = slow.find(user, version);
        found.ifPresent(there -> fast.put(user, there.vector()));
        return found;
    }

    @Override
    public void put(UserId user, UserVector vector) {
        slow.put(user, vector);
        fast.put(user, vector);
    }

    /** The slow one first, or the fast one could take it from there once more. */
    @Override
    public void remove(UserId user, Removal removal) {
        slow.remove(user, removal);
        fast.remove(user, removal);
    }
}
