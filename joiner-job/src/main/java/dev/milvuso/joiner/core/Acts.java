package dev.milvuso.joiner.core;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.example.TrainingExample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns events into what the joins take, and what they give into examples. */
public final class Acts {
    private final ActionType impression;
    private final long lateAfter;

    /**
     * @param impression what an unanswered item of a served list counts as
     * @param lateAfter how far an event may lie before its arrival, in milliseconds, until it is late. Measured against
     *     its own arrival, so that a replay calls the same events late
     */
    public Acts(ActionType impression, long lateAfter) {
        this.impression = impression;
        this.lateAfter = lateAfter;
    }

    /** @param arrival the record's time on the log, milliseconds since 1970 */
    public Act of(Action action, ActionType type, long arrival) {
        long time = Math.min(action.timestamp().toEpochMilli(), arrival);
        TrainingExample example = new TrainingExample(
                action.eventId().value(),
                List.of(action.eventId()),
                action.userId(),
                action.itemId(),
                type.name(),
                LabelPolicy.label(type, action),
                LabelPolicy.weight(type),
                action.timestamp(),
                action.acceptedAt(),
                action.requestId(),
                "",
                Optional.empty(),
                isLate(time, arrival));
        return new Act(example, type.isImpression() ? Act.Role.POSTED : Act.Role.ANSWER, time, arrival);
    }

    /** @param arrival the record's time on the log, milliseconds since 1970 */
    public static Served of(ServedList list, long arrival) {
        return new Served(
                list.requestId().value(),
                list.userId().value(),
                list.modelVersion(),
                list.timestamp().toEpochMilli(),
                arrival,
                list.items().stream().map(shown -> shown.itemId().value()).toList());
    }

    /**
     * An item of a list that nobody has answered. No action reported it, so its example names the request in place of
     * an event: the example's own id may be longer than an event id can be.
     */
    public TrainingExample unanswered(Served list, String item) {
        Instant at = Instant.ofEpochMilli(list.timestamp());
        return new TrainingExample(
                list.requestId() + "/" + item,
                List.of(new EventId(list.requestId())),
                new UserId(list.userId()),
                new ItemId(item),
                impression.name(),
                0,
                LabelPolicy.weight(impression),
                at,
                at,
                Optional.of(new RequestId(list.requestId())),
                list.modelVersion(),
                Optional.empty(),
                isLate(list.time(), list.arrival()));
    }

    private boolean isLate(long time, long arrival) {
        return time + lateAfter <= arrival;
    }
}
