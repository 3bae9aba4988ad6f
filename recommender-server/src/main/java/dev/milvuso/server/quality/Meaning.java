package dev.milvuso.server.quality;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.ActionTypes;
import java.util.Locale;
import java.util.Set;

/**
 * What an action says of the list it followed, as a set of bits.
 *
 * @param clicks lower-case names of the types that count as clicks
 * @param conversions lower-case names of the types that count as conversions
 */
public record Meaning(ActionTypes types, Set<String> clicks, Set<String> conversions) {
    public static final int CLICK = 1;
    public static final int CONVERSION = 2;

    /** Anything in favour of the item: a type of sign 1, a rating of 3 and more. Such an item is relevant. */
    public static final int FAVOUR = 4;

    public static final int AGAINST = 8;

    public Meaning {
        clicks = Set.copyOf(clicks);
        conversions = Set.copyOf(conversions);
    }

    /** @return 0 if it says nothing of what was shown, as an impression does and what was stated at sign-up */
    public int of(Action action) {
        if (action.context().containsKey(Action.STATED)) {
            return 0;
        }
        ActionType type = types.find(action.type()).orElse(null);
        if (type == null || type.isImpression()) {
            return 0;
        }
        String name = type.name().toLowerCase(Locale.ROOT);
        return (clicks.contains(name) ? CLICK : 0)
                | (conversions.contains(name) ? CONVERSION : 0)
                | verdict(type, action);
    }

    private static int verdict(ActionType type, Action action) {
        int verdict = type.verdict(action.value());
        return verdict > 0 ? FAVOUR : verdict < 0 ? AGAINST : 0;
    }
}
