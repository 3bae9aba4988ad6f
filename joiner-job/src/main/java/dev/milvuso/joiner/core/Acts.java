package dev.milvuso.joiner.core;

import dev.milvuso.action.Action;
import dev.milvuso.action.ActionType;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ServedList;
import dev.milvuso.example.TrainingExample;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns events into acts. */
public final class Acts {
    private final ActionType impression;

    /** @param impression what an unanswered item of a served list counts as */
    public Acts(ActionType impression) {
        this.impression = impression;
    }

    /** @param arrival the record's time on the log, milliseconds since 1970 */
    public Act of(Action action, ActionType type, long arrival) {
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
                false);
        Act.Role role = type.isImpression() ? Act.Role.POSTED : Act.Role.ANSWER;
        return new Act(example, role, Math.min(action.timestamp().toEpochMilli(), arrival));
    }

    /**
     * One act for each item of a list. No action reported it, so its example names the request in place of an event:
     * the example's own id may be longer than an event id can be.
     */
    public void of(ServedList list, long arrival, Consumer<Act> acts) {
        List<EventId> events = List.of(new EventId(list.requestId().value()));
        long time = Math.min(list.timestamp().toEpochMilli(), arrival);
        for (ServedList.Shown shown : list.items()) {
            TrainingExample example = new TrainingExample(
                    list.requestId().value() + "/" + shown.itemId().value(),
                    events,
                    list.userId(),
                    shown.itemId(),
                    impression.name(),
                    0,
                    LabelPolicy.weight(impression),
                    list.timestamp(),
                    list.timestamp(),
                    Optional.of(list.requestId()),
                    list.modelVersion(),
                    Optional.empty(),
                    false);
            acts.accept(new Act(example, Act.Role.SERVED, time));
        }
    }
}
