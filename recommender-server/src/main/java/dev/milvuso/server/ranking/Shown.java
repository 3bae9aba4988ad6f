package dev.milvuso.server.ranking;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.action.UserId;
import dev.milvuso.server.tier.memory.BoundedCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a bounded number of users were shown of late and have not answered. Safe for use by many threads. */
public final class Shown {
    private final BoundedCache<UserId, Showings> users;
    private final long window;

    /** @param window showings that lie further back are forgotten */
    public Shown(BoundedCache.Policy policy, int users, Duration window) {
        this.users = BoundedCache.of(policy, users);
        this.window = window.toMillis();
    }

    /** To be told everything; any action but an impression is an answer. */
    public void happened(UserEvent event) {
        if (event instanceof ServedList list) {
            Showings showings = users.computeIfAbsent(list.userId(), unused -> new Showings());
            long at = list.timestamp().toEpochMilli();
            list.items().forEach(each -> showings.shown(each.itemId(), at, window));
        } else if (event instanceof Action action && !action.type().equals(ActionType.IMPRESSION)) {
            Showings showings = users.get(action.userId());
            if (showings != null) {
                showings.answered(action.itemId());
            }
        } else if (event instanceof Erasure erasure) {
            users.computeIfPresent(erasure.userId(), (user, showings) -> null);
        }
    }

    /** Null if nothing is known. */
    @Nullable Showings of(UserId user) {
        return users.get(user);
    }

    long window() {
        return window;
    }
}
