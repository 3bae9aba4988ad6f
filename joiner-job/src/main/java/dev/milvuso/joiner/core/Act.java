package dev.milvuso.joiner.core;

import dev.milvuso.action.EventId;
import dev.milvuso.example.TrainingExample;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened, as the example that it becomes if nothing else is known of it.
 *
 * @param time milliseconds since 1970 in the joiner's event time: the event's own, but never later than its arrival
 */
public record Act(TrainingExample example, Role role, long time) {
    /** What an act is to the join by request. */
    public enum Role {
        /** Any action other than an impression. */
        ANSWER,
        /** An impression that the site has reported, with an event id of its own. */
        POSTED,
        /** An item of a list that the server has answered with. */
        SERVED
    }

    /** Whether it takes part in the join by request. */
    public boolean hasRequest() {
        return example.requestId().isPresent();
    }

    Act withFeatures(String features) {
        return new Act(
                remade(example.eventIds(), example.modelVersion(), Optional.of(features), example.late()), role, time);
    }

    Act asLate() {
        return new Act(remade(example.eventIds(), example.modelVersion(), example.features(), true), role, time);
    }

    TrainingExample answering(List<EventId> events, String modelVersion) {
        return remade(events, modelVersion, example.features(), example.late());
    }

    private TrainingExample remade(List<EventId> events, String modelVersion, Optional<String> features, boolean late) {
        return new TrainingExample(
                example.exampleId(),
                events,
                example.userId(),
                example.itemId(),
                example.actionType(),
                example.label(),
                example.weight(),
                example.timestamp(),
                example.acceptedAt(),
                example.requestId(),
                modelVersion,
                features,
                late);
    }
}
