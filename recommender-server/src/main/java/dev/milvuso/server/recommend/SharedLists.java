package dev.milvuso.server.recommend;

import dev.milvuso.action.UserId;
import dev.milvuso.embedding.ModelVersion;
import java.util.Optional;

/** Finished lists that all instances share, for users of whom this instance holds nothing. */
public interface SharedLists {
    /**
     * @return the list if it may still be served by its age; whether something has happened since is for the caller to
     *     judge
     * @throws dev.milvuso.component.Unavailable if they do not answer in time
     */
    Optional<Recommendation> find(UserId user, ModelVersion version, Query query);

    /** Keeps the list, a moment later. */
    void put(UserId user, ModelVersion version, Query query, Recommendation list);

    /** Takes the user's lists away, a moment later. */
    void drop(UserId user);
}
