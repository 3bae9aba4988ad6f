package dev.milvuso.example;

import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing to learn: this user, this item, for or against. Made from the same events it always has the same id, so
 * that whoever applies it can drop repeats.
 *
 * @param exampleId the answering action's event id, or for an unanswered impression the impression's
 * @param eventIds the events it was made from, the one that gave the id first; never empty
 * @param label 1 for the item, 0 against it
 * @param weight how much it counts, 0 to 100; 0 for what says nothing, which is still recorded
 * @param timestamp of the event that gave the id
 * @param acceptedAt when the server took that event; freshness is measured from here
 * @param modelVersion what the answered list was made with; empty when there was none
 * @param features JSON object of name → number, see {@link dev.milvuso.feature.FeatureSnapshot}; absent when they did
 *     not come in time
 * @param late whether the event was too far in the past to be joined in event time
 */
public record TrainingExample(
        String exampleId,
        List<EventId> eventIds,
        UserId userId,
        ItemId itemId,
        String actionType,
        int label,
        float weight,
        Instant timestamp,
        Instant acceptedAt,
        Optional<RequestId> requestId,
        String modelVersion,
        Optional<String> features,
        boolean late) {
    public TrainingExample {
        eventIds = List.copyOf(eventIds);
        if (label != 0 && label != 1) {
            throw new IllegalArgumentException("label is " + label + ": must be 0 or 1");
        }
        if (!(weight >= 0 && weight <= 100)) {
            throw new IllegalArgumentException("weight is " + weight + ": must be 0 to 100");
        }
        if (eventIds.isEmpty()) {
            throw new IllegalArgumentException("event_ids is empty");
        }
    }

    /** The same example, made from these events and answering a list of that model version. */
    public TrainingExample made(List<EventId> events, String answeredVersion) {
        return changed(events, answeredVersion, features);
    }

    /** @param known JSON object of name → number */
    public TrainingExample withFeatures(String known) {
        return changed(eventIds, modelVersion, Optional.of(known));
    }

    private TrainingExample changed(List<EventId> events, String version, Optional<String> known) {
        return new TrainingExample(
                exampleId,
                events,
                userId,
                itemId,
                actionType,
                label,
                weight,
                timestamp,
                acceptedAt,
                requestId,
                version,
                known,
                late);
    }
}
