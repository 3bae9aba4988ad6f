package dev.milvuso.action;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One thing a user did with one item.
 *
 * @param type the configured type's name in its configured spelling
 * @param timestamp when it happened
 * @param acceptedAt when the server took it; freshness is measured from here
 * @param requestId the served list that it answers
 * @param value a rating, 1 to 5, or what the site gives a meaning to; finite
 * @param context what the site says of the moment, such as the device; never null, may be empty
 */
public record Action(
        EventId eventId,
        UserId userId,
        ItemId itemId,
        String type,
        Instant timestamp,
        Instant acceptedAt,
        Optional<RequestId> requestId,
        OptionalDouble value,
        Map<String, String> context)
        implements UserEvent {
    /**
     * In the context: what somebody named when they stated their taste, {@code item}, {@code category} or {@code tag}.
     */
    public static final String STATED = "stated";

    public Action {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(itemId, "itemId");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(acceptedAt, "acceptedAt");
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("value is not a finite number");
        }
        context = Map.copyOf(context);
    }

    /** Whether the item stands for a category or tag that was named: nobody has met the item itself. */
    public boolean standsIn() {
        String stated = context.getOrDefault(STATED, "");
        return stated.equals("category") || stated.equals("tag");
    }
}
