package dev.milvuso.joiner.core;

import org.jspecify.annotations.Nullable;

/**
 * Lets each event id through once, with its features if they come in time. The state of an event id is null before
 * anything is known of it.
 */
public final class FeatureJoiner {
    private final long featureWait;
    private final long actWait;
    private final long lateAfter;

    /**
     * @param featureWait how long an act waits for its features, milliseconds of processing time
     * @param actWait how long features wait for their act, milliseconds of processing time
     * @param lateAfter how far behind the watermark an act is late, milliseconds of event time
     */
    public FeatureJoiner(long featureWait, long actWait, long lateAfter) {
        this.featureWait = featureWait;
        this.actWait = actWait;
        this.lateAfter = lateAfter;
    }

    /** @param act goes on now, if there is one */
    public record Step(@Nullable Waiting state, @Nullable Act act) {}

    /** @param now processing time in milliseconds */
    public Step onAct(@Nullable Waiting state, Act act, long now, long watermark) {
        if (state != null && state.seen()) {
            return new Step(state, null);
        }
        if (state != null && state.features() != null) {
            act = act.withFeatures(state.features());
        }
        if (act.time() + lateAfter <= watermark) {
            return new Step(Waiting.SEEN, act.asLate());
        }
        if (act.example().features().isPresent() || featureWait == 0) {
            return new Step(Waiting.SEEN, act);
        }
        return new Step(new Waiting(true, act, null, now + featureWait), null);
    }

    public Step onFeatures(@Nullable Waiting state, String features, long now) {
        if (state == null) {
            return new Step(new Waiting(false, null, features, now + actWait), null);
        }
        if (state.act() == null) {
            return new Step(state, null);
        }
        return new Step(Waiting.SEEN, state.act().withFeatures(features));
    }

    public Step onTimer(@Nullable Waiting state, long time) {
        if (state == null || time < state.deadline()) {
            return new Step(state, null);
        }
        return state.seen() ? new Step(Waiting.SEEN, state.act()) : new Step(null, null);
    }
}
