package dev.milvuso.server.taste;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What users did last, of the users who acted or came by last. Safe for use by many threads. */
final class LatestActions {
    private static final double NEUTRAL_RATING = 3;

    private final Cache<UserId, RecentActions> users;
    private final ActionTypes types;
    private final int actionsOfAUser;

    /** @param actionsOfAUser how many of each user are kept */
    LatestActions(ActionTypes types, int maxUsers, int actionsOfAUser) {
        this.types = types;
        this.actionsOfAUser = actionsOfAUser;
        this.users = Caffeine.newBuilder().maximumSize(maxUsers).build();
    }

    /** Takes it once, however often it comes; what says nothing of the item is passed over. */
    void add(Action action) {
        float amount = amount(action);
        if (amount != 0) {
            long accepted = action.acceptedAt().toEpochMilli();
            of(action.userId())
                    .add(
                            action.itemId(),
                            amount,
                            Math.min(accepted, action.timestamp().toEpochMilli()),
                            accepted,
                            hash(action));
        }
    }

    private float amount(Action action) {
        Optional<ActionType> type = types.find(action.type()).filter(found -> !found.isImpression());
        if (type.isEmpty()) {
            return 0;
        }
        boolean poor = type.get().isRating() && action.value().orElse(NEUTRAL_RATING) < NEUTRAL_RATING;
        return (poor ? -1 : type.get().sign()) * type.get().weight();
    }

    private static long hash(Action action) {
        UUID digest = UUID.nameUUIDFromBytes(action.eventId().value().getBytes(StandardCharsets.UTF_8));
        return digest.getMostSignificantBits() ^ digest.getLeastSignificantBits();
    }

    private RecentActions of(UserId user) {
        return users.get(user, unused -> new RecentActions(actionsOfAUser));
    }

    Optional<RecentActions> find(UserId user) {
        return Optional.ofNullable(users.getIfPresent(user));
    }

    void forget(UserId user) {
        users.invalidate(user);
    }
}
