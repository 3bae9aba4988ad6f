package dev.milvuso.server.taste;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.milvuso.action.Action;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.UserId;
import dev.milvuso.server.users.Acted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/** What users did last, of the users who acted or came by last. Safe for use by many threads. */
final class LatestActions {
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
        float amount = amount(action.type(), action.value());
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

    /**
     * Puts what is on record before what has come since.
     *
     * @param newestFirst of any length
     * @param containedUntil what was done up to then, in milliseconds since 1970, is in a learned vector if there is
     *     one
     * @return whether it says anything new
     */
    boolean remembered(UserId user, List<Acted> newestFirst, long containedUntil) {
        List<RecentActions.Past> past = new ArrayList<>();
        for (Acted each : newestFirst.subList(0, Math.min(actionsOfAUser, newestFirst.size()))) {
            float amount = each.type().map(type -> amount(type, each.value())).orElse(0f);
            if (amount != 0) {
                past.add(new RecentActions.Past(
                        each.item(), amount, each.lastAt().toEpochMilli()));
            }
        }
        Collections.reverse(past);
        return !past.isEmpty() && of(user).remember(past, containedUntil);
    }

    private float amount(String name, OptionalDouble value) {
        return types.find(name)
                .filter(type -> !type.isImpression())
                .map(type -> type.verdict(value) * type.weight())
                .orElse(0f);
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
