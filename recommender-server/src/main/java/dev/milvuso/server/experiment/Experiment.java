package dev.milvuso.server.experiment;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An experiment and how far it has come.
 *
 * @param from where its part of the layer begins, 0 to 1; of use while it runs
 * @param message why it ended; empty if it has not
 * @param winner once it is concluded: what everybody gets from then on
 */
public record Experiment(
        Definition definition,
        State state,
        double from,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        String message,
        Optional<String> winner) {
    /** What may become of an experiment, in this order; a stopped one may be concluded. */
    public enum State {
        DRAFT,
        RUNNING,
        STOPPED,
        CONCLUDED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public String name() {
        return definition.name();
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    /** Whether the user takes part. Of use while it runs. */
    boolean includes(String user) {
        double place = Fraction.of(definition.layer(), user);
        return place >= from && place < from + definition.share();
    }
}
