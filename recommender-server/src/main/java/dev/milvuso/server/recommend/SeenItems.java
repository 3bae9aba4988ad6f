package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.util.Collection;
import java.util.function.Function;

/** What users have acted on: read once for each user, then kept up to date by what is followed. */
public final class SeenItems {
    private final BoundedCache<UserId, Seen> users;
    private final Function<UserId, Collection<ItemId>> history;

    /** @param history asked on a user's first request; may throw {@link dev.milvuso.component.Unavailable} */
    public SeenItems(BoundedCache.Policy policy, int maxUsers, Function<UserId, Collection<ItemId>> history) {
        this.users = BoundedCache.of(policy, maxUsers);
        this.history = history;
    }

    public void add(UserId user, ItemId item) {
        known(user).add(item);
    }

    /** What is known without asking anybody. */
    public Seen known(UserId user) {
        return users.computeIfAbsent(user, unused -> new Seen());
    }

    public boolean isLoaded(UserId user) {
        return known(user).isLoaded();
    }

    /** Reads the user's history. */
    public void load(UserId user) {
        Seen seen = known(user);
        history.apply(user).forEach(seen::add);
        seen.loaded();
    }

    /** Forgets the user: what there is, is read again. */
    public void forget(UserId user) {
        users.computeIfPresent(user, (same, seen) -> null);
    }
}
