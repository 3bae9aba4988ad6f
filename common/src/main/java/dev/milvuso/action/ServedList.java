package dev.milvuso.action;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A list of recommendations that the server has answered with: an impression of each of its items.
 *
 * @param modelVersion what the list was made with; empty when it was not personal
 * @param items best first, never empty
 */
public record ServedList(
        RequestId requestId, UserId userId, String modelVersion, Instant timestamp, ShownItems items, Origin origin)
        implements UserEvent {
    /**
     * @param probability with which it was to be shown at its place, above 0 and up to 1; 1 where nothing was left to
     *     chance
     * @param source where the item came from, such as {@code personal}; empty if that is not known
     * @param team whose pick it was where two rankings were interleaved; empty elsewhere
     */
    public record Shown(ItemId itemId, float probability, String source, String team) {
        public Shown {
            checkProbability(probability);
        }

        static void checkProbability(float probability) {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability is " + probability + ": must be above 0 and up to 1");
            }
        }

        /** Of an item whose source is not known. */
        public Shown(ItemId itemId, float probability) {
            this(itemId, probability, "", "");
        }
    }

    /**
     * Who made the list and under what.
     *
     * @param instance the server's name; empty if that is not known
     * @param variants by the name of each experiment that the user takes part in, the name of the variant
     * @param shuffled whether the order of the items is random, so that positions can be compared
     */
    public record Origin(String instance, Map<String, String> variants, boolean shuffled) {
        public static final Origin UNKNOWN = new Origin("", Map.of(), false);

        public Origin {
            variants = Map.copyOf(variants);
        }
    }

    public ServedList {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items is empty: a list without items is not an impression");
        }
    }

    public ServedList(
            RequestId requestId,
            UserId userId,
            String modelVersion,
            Instant timestamp,
            List<Shown> items,
            Origin origin) {
        this(requestId, userId, modelVersion, timestamp, ShownItems.copyOf(items), origin);
    }

    /** A list of which nobody has said who made it. */
    public ServedList(RequestId requestId, UserId userId, String modelVersion, Instant timestamp, List<Shown> items) {
        this(requestId, userId, modelVersion, timestamp, items, Origin.UNKNOWN);
    }
}
