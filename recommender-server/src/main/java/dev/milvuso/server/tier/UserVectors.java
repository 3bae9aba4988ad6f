package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.Removal;
import java.util.Optional;
import java.util.Set;

/** Users' vectors by model version. Safe for use by many threads. */
public interface UserVectors {
    /**
     * A vector and how it was found.
     *
     * @param tier that had it: {@code memory}, {@code redis} or {@code milvus}
     * @param away tiers before it that could not be asked
     */
    record Found(UserVector vector, String tier, Set<String> away) {
        public Found(UserVector vector, String tier) {
            this(vector, tier, Set.of());
        }
    }

    /** @throws dev.milvuso.component.Unavailable if this tier does not answer in time */
    Optional<Found> find(UserId user, ModelVersion version);

    /** Keeps the vector unless a newer one of its version is there. A tier that is only read ignores it. */
    void put(UserId user, UserVector vector);

    /** Forgets the user's vector unless one newer than that is there. A tier that is only read ignores it. */
    void remove(UserId user, Removal removal);
}
