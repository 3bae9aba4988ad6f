package dev.milvuso.server.users;

import dev.milvuso.action.UserId;
import java.util.List;
import java.util.Optional;

/** What is kept of users. Every call may throw {@link dev.milvuso.component.Unavailable}. */
public interface UserRecord {
    /** Empty if the user has done nothing that is known. */
    Optional<UserProfile> profile(UserId user);

    /**
     * The newest first, equal times by item id.
     *
     * @param after the last one of the page before
     */
    List<Acted> history(UserId user, Optional<Acted> after, int limit);

    /**
     * Users who have done something, in an order that stays.
     *
     * @param after the last one of the page before
     */
    List<UserId> page(Optional<UserId> after, int limit);

    /** Deletes profile and history, and notes that whoever holds or learns something of the user has to forget it. */
    void erase(UserId user);

    /** Users, at most {@code limit}, of whom there may still be vectors in the vector store. */
    List<UserId> withVectors(int limit);

    /** There are none in the vector store any more. */
    void vectorsAreGone(UserId user);
}
