package dev.milvuso.server.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import java.util.Collection;
import java.util.function.Function;

/** What users have acted on: read once for each user, then kept up to date by what is followed. */
public final class SeenItems {
    private final Cache<UserId, Seen> users;
    private final Function<UserId, Collection<ItemId>> history;

    /** @param history asked on a user's first request; may throw {@link dev.milvuso.component.Unavailable} */
    public SeenItems(int maxUsers, Function<UserId, Collection<ItemId>> history) {
        this.users = Caffeine.newBuilder().maximumSize(maxUsers).build();
        this.history = history;
    }

    public void add(UserId user, ItemId item) {
        known(user).add(item);
    }

    /** What is known without asking anybody. */
    public Seen known(UserId user) {
        return users.get(user, unused -> new Seen());
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
        users.invalidate(user);
    }
}
