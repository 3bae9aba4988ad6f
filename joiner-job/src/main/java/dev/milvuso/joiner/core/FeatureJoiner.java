package dev.milvuso.joiner.core;

import dev.milvuso.action.EventId;
import dev.milvuso.example.TrainingExample;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets the example of each event id through once, with its features if they come in time. The state of an event id is
 * null before anything is known of it.
 */
public final class FeatureJoiner {
    private final long featureWait;
    private final long exampleWait;

    /**
     * @param featureWait how long an example waits for its features, milliseconds of processing time
     * @param exampleWait how long features wait for their example, milliseconds of processing time
     */
    public FeatureJoiner(long featureWait, long exampleWait) {
        this.featureWait = featureWait;
        this.exampleWait = exampleWait;
    }

    /** @param example goes on now, if there is one */
    public record Step(@Nullable Waiting state, @Nullable TrainingExample example) {}

    /** @param now processing time in milliseconds */
    public Step onExample(@Nullable Waiting state, TrainingExample example, long now) {
        if (state != null && state.seen()) {
            return onRepeat(state, example);
        }
        if (state != null && state.features() != null) {
            return new Step(Waiting.SEEN, example.withFeatures(state.features()));
        }
        if (example.late() || featureWait == 0) {
            return new Step(Waiting.SEEN, example);
        }
        return new Step(new Waiting(true, example, null, now + featureWait), null);
    }

    /**
     * The first one stays, but the impressions that a repeat names must be found under it: they come by this way alone.
     */
    private static Step onRepeat(Waiting state, TrainingExample repeat) {
        if (repeat.eventIds().size() == 1) {
            return new Step(state, null);
        }
        TrainingExample waiting = state.example();
        if (waiting == null) {
            return new Step(state, repeat);
        }
        Set<EventId> events = new LinkedHashSet<>(waiting.eventIds());
        events.addAll(repeat.eventIds());
        String modelVersion = waiting.modelVersion().isEmpty() ? repeat.modelVersion() : waiting.modelVersion();
        TrainingExample both = waiting.made(List.copyOf(events), modelVersion);
        return new Step(new Waiting(true, both, null, state.deadline()), null);
    }

    /** @param now processing time in milliseconds */
    public Step onFeatures(@Nullable Waiting state, String features, long now) {
        if (state == null) {
            return new Step(new Waiting(false, null, features, now + exampleWait), null);
        }
        if (state.example() == null) {
            return new Step(state, null);
        }
        return new Step(Waiting.SEEN, state.example().withFeatures(features));
    }

    /** @param time processing time in milliseconds */
    public Step onTimer(@Nullable Waiting state, long time) {
        if (state == null || time < state.deadline()) {
            return new Step(state, null);
        }
        return state.seen() ? new Step(Waiting.SEEN, state.example()) : new Step(null, null);
    }
}
