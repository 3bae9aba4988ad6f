package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.util.Optional;

/** A tier as if it had nothing of erased users, and that keeps nothing of them. */
public record UnlessErased(UserVectors tier, ErasedUsers erased) implements UserVectors {
    @Override
    public Optional<Found> find(UserId user, ModelVersion version) {
        return erased.contains(user) ? Optional.empty() : tier.find(user, version);
    }

    @Override
    public void put(UserId user, UserVector vector) {
        tier.put(user, vector);
        // Asked afterwards: who puts what was found before the user was erased must not win.
        if (erased.contains(user)) {
            remove(user, new Removal(vector.version(), Kind.USER, user.value(), Long.MAX_VALUE, Long.MAX_VALUE));
        }
    }

    @Override
    public void remove(UserId user, Removal removal) {
        tier.remove(user, removal);
    }
}
