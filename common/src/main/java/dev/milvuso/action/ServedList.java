package dev.milvuso.action;

import java.time.Instant;
import java.util.List;

/**
 * A list of recommendations that the server has answered with: an impression of each of its items.
 *
 * @param modelVersion what the list was made with; empty when it was not personal
 * @param items best first, never empty
 */
public record ServedList(RequestId requestId, UserId userId, String modelVersion, Instant timestamp, List<Shown> items)
        implements UserEvent {
    /** @param probability of having been shown at all, above 0 and up to 1; 1 where the order is not random */
    public record Shown(ItemId itemId, float probability) {
        public Shown {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability is " + probability + ": must be above 0 and up to 1");
            }
        }
    }

    public ServedList {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items is empty: a list without items is not an impression");
        }
    }
}
