package dev.milvuso.server.tier;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;

/** Users' vectors by model version. Safe for use by many threads. */
public interface UserVectors {
    /** A vector and the tier that had it: {@code memory}, {@code redis} or {@code milvus}. */
    record Found(UserVector vector, String tier) {}

    /** @throws dev.milvuso.component.Unavailable if this tier does not answer in time */
    Optional<Found> find(UserId user, ModelVersion version);

    /** Keeps the vector unless a newer one of its version is there. A tier that is only read ignores it. */
    void put(UserId user, UserVector vector);
}
