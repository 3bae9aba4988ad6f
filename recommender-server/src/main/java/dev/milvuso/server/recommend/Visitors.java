package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;

/** Says what is known of who asks. */
public interface Visitors {
    /**
     * Asks for what {@link #here} will need and memory does not hold, as long as there is time; at once if it is
     * nothing.
     */
    default void prepare(UserId user, Query query, ModelVersion version, Making making) {}

    /** Without asking anybody outside this process; empty if it is worth asking {@link #elsewhere}. */
    Optional<Visitor> here(UserId user, Query query, ModelVersion version);

    /** Asks the slower tiers too, as long as there is time; a {@link Visitor#stranger} if nobody knows the user. */
    Visitor elsewhere(UserId user, Query query, ModelVersion version, Making making);
}
