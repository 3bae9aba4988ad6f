package dev.milvuso.server.users;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;

/**
 * What somebody says of their taste, as actions that everything behind the log understands: they like the items that
 * they name, and of each category and tag some items that stand for it, which they may still be shown. An action's id
 * follows from user and item, so that what is stated twice counts once.
 *
 * @param types of which {@code Like} is used, or the weightiest that speaks for an item
 * @param standIns finds them
 */
public record Preferences(ActionTypes types, StandIns standIns, Clock clock) {
    /** Together, so that no name is lost among the latest actions of a user that lists are made by. */
    private static final int STAND_INS = 24;

    private static final int MOST_OF_ONE = 4;

    /** Items that stand for something. */
    public interface StandIns {
        /** The most popular of the category that may be shown, at most so many. */
        List<ItemId> ofCategory(String category, int most);

        /** The most popular with the tag that may be shown, at most so many. */
        List<ItemId> ofTag(String tag, int most);
    }

    /** What is named; each set in its order. */
    public record Stated(Set<ItemId> items, Set<String> categories, Set<String> tags) {}

    /**
     * @param actions each item once: what was named itself before what stands for something
     * @param unknown categories and tags that no item has which may be shown
     */
    public record Likes(List<Action> actions, List<String> unknown) {}

    /** @throws IllegalStateException if no action type speaks for an item */
    public Likes of(UserId user, Stated stated) {
        String type = type();
        Map<ItemId, String> named = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        stated.items().forEach(item -> named.put(item, "item"));
        int names = Math.max(1, stated.categories().size() + stated.tags().size());
        int each = Math.max(1, Math.min(MOST_OF_ONE, STAND_INS / names));
        stated.categories().forEach(name -> add(name, standIns.ofCategory(name, each), "category", named, unknown));
        stated.tags().forEach(name -> add(name, standIns.ofTag(name, each), "tag", named, unknown));
        Instant now = clock.instant();
        List<Action> actions = new ArrayList<>();
        named.forEach((item, as) -> actions.add(new Action(
                id(user, item),
                user,
                item,
                type,
                now,
                now,
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of(Action.STATED, as))));
        return new Likes(actions, unknown);
    }

    private static void add(
            String name, List<ItemId> items, String as, Map<ItemId, String> named, List<String> unknown) {
        if (items.isEmpty()) {
            unknown.add(name);
        }
        items.forEach(item -> named.putIfAbsent(item, as));
    }

    private String type() {
        return types.find("Like")
                .filter(Preferences::speaksFor)
                .or(() -> types.names().stream()
                        .flatMap(name -> types.find(name).stream())
                        .filter(Preferences::speaksFor)
                        .reduce((one, other) -> other.weight() > one.weight() ? other : one))
                .orElseThrow(() -> new IllegalStateException("no type under [actions] speaks for an item"))
                .name();
    }

    /** Without a value. */
    private static boolean speaksFor(ActionType type) {
        return type.sign() > 0 && type.weight() > 0 && !type.isRating();
    }

    private static EventId id(UserId user, ItemId item) {
        // No id holds a space.
        String both = "stated " + user.value() + " " + item.value();
        return new EventId(
                UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
