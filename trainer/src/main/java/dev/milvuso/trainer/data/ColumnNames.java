package dev.milvuso.trainer.data;

import java.util.List;

/** What the columns of a table are called: user, item, action type, value and timestamp, in this order; "" is none. */
final class ColumnNames {
    /** How many of them must be there, the first ones. */
    static final int NEEDED = 2;

    private static final List<String> ACTIONS = List.of("user_id", "item_id", "action_type", "value", "timestamp");
    private static final List<String> RATINGS = List.of("userId", "movieId", "", "rating", "timestamp");

    private ColumnNames() {}

    /** As an action's fields are called. */
    static List<String> ofActions(List<String> found) {
        return converted(found, ACTIONS);
    }

    /** As the newer MovieLens sets have it. */
    static List<String> ofRatings(List<String> found) {
        return converted(found, RATINGS);
    }

    /** Converted ratings often have it otherwise: user,item or user,movie. */
    private static List<String> converted(List<String> found, List<String> names) {
        if (!found.contains("user") || found.contains(names.get(0))) {
            return names;
        }
        return List.of("user", found.contains("movie") ? "movie" : "item", names.get(2), names.get(3), names.get(4));
    }
}
