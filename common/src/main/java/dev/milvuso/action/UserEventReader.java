package dev.milvuso.action;

import dev.milvuso.codec.MalformedRecordException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code user_actions} as all who learn from it must: they refuse the same records and give an event the same
 * time, its own but never later than its arrival. A clock that runs ahead so moves neither windows nor sums that decay.
 * Safe for use by many threads.
 */
public final class UserEventReader {
    /** How far the clocks of those who write may run ahead of the reader's; old times are never refused. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final long TOLERANCE_MILLIS = TOLERANCE.toMillis();

    private final UserEventCodec codec = new UserEventCodec();
    private final ActionTypes types;
    private final Clock clock;

    public UserEventReader(ActionTypes types, Clock clock) {
        this.types = types;
        this.clock = clock;
    }

    /**
     * @param value of the record, null where it has none
     * @param arrival the record's time on the log, milliseconds since 1970
     * @throws MalformedRecordException if it is not an event, if the action's type or value is not one that is
     *     configured, or if a clock that is not the acting user's runs ahead of this one beyond {@link #TOLERANCE}: the
     *     log's, the server's that took the action, or that of a served list or a heartbeat
     */
    public UserEvent read(byte @Nullable [] value, long arrival) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("the record has no value");
        }
        UserEvent event = codec.decode(value);
        long latest = clock.millis() + TOLERANCE_MILLIS;
        refuseAhead("the record's time", arrival, latest);
        if (event instanceof Action action) {
            check(action, latest);
            return noLaterThan(arrival, action);
        }
        refuseAhead("timestamp", event.timestamp().toEpochMilli(), latest);
        return event.timestamp().toEpochMilli() <= arrival ? event : at(Instant.ofEpochMilli(arrival), event);
    }

    private void check(Action action, long latest) throws MalformedRecordException {
        refuseAhead("accepted_at", action.acceptedAt().toEpochMilli(), latest);
        Optional<ActionType> type = types.find(action.type());
        if (type.isEmpty()) {
            throw new MalformedRecordException(
                    "action_type \"" + action.type() + "\" is not configured: must be one of " + types.names());
        }
        Optional<String> fault = type.get().faultOf(action.value());
        if (fault.isPresent()) {
            String value =
                    action.value().isPresent() ? String.valueOf(action.value().getAsDouble()) : "missing";
            throw new MalformedRecordException("value is " + value + ": " + fault.get());
        }
    }

    private static void refuseAhead(String name, long time, long latest) throws MalformedRecordException {
        if (time > latest) {
            throw new MalformedRecordException(name + " is " + time + ", more than " + TOLERANCE.toMinutes()
                    + " minutes ahead: must be the milliseconds since 1970 at which it was written");
        }
    }

    private static Action noLaterThan(long arrival, Action action) {
        if (action.timestamp().toEpochMilli() <= arrival && action.acceptedAt().toEpochMilli() <= arrival) {
            return action;
        }
        Instant latest = Instant.ofEpochMilli(arrival);
        return new Action(
                action.eventId(),
                action.userId(),
                action.itemId(),
                action.type(),
                earlier(action.timestamp(), latest),
                earlier(action.acceptedAt(), latest),
                action.requestId(),
                action.value(),
                action.context());
    }

    private static UserEvent at(Instant arrival, UserEvent event) {
        if (event instanceof Erasure erasure) {
            return new Erasure(erasure.userId(), arrival);
        }
        return event instanceof ServedList list
                ? new ServedList(
                        list.requestId(), list.userId(), list.modelVersion(), arrival, list.items(), list.origin())
                : new Heartbeat(arrival);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
