package dev.milvuso.server.recommend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What users have acted on: read once for each user, then kept up to date by what is followed. */
public final class SeenItems {
    private static final class Seen {
        private final Set<ItemId> items = ConcurrentHashMap.newKeySet();
        private volatile boolean loaded;
    }

    private final Cache<UserId, Seen> users;
    private final Function<UserId, Collection<ItemId>> history;

    /** @param history asked on a user's first request; may throw {@link dev.milvuso.component.Unavailable} */
    public SeenItems(int maxUsers, Function<UserId, Collection<ItemId>> history) {
        this.users = Caffeine.newBuilder().maximumSize(maxUsers).build();
        this.history = history;
    }

    public void add(UserId user, ItemId item) {
        of(user).items.add(item);
    }

    /** What is known without asking anybody. */
    public Set<ItemId> known(UserId user) {
        return of(user).items;
    }

    public boolean isLoaded(UserId user) {
        return of(user).loaded;
    }

    /** Reads the user's history. */
    public void load(UserId user) {
        Seen seen = of(user);
        seen.items.addAll(history.apply(user));
        seen.loaded = true;
    }

    private Seen of(UserId user) {
        return users.get(user, unused -> new Seen());
    }
}
