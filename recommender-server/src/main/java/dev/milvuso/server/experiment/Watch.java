package dev.milvuso.server.experiment;

import dev.milvuso.component.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the running experiments and stops one whose guardrail is surely broken. Every instance may. */
public final class Watch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final ExperimentStore store;
    private final OutcomeStore outcomes;
    private final Experiments experiments;
    private final Duration settling;
    private final Clock clock;

    /** @param settling after a user's first list, until all that is to be counted has come */
    public Watch(
            ExperimentStore store, OutcomeStore outcomes, Experiments experiments, Duration settling, Clock clock) {
        this.store = store;
        this.outcomes = outcomes;
        this.experiments = experiments;
        this.settling = settling;
        this.clock = clock;
    }

    /** Throws {@link Unavailable}. */
    public Results results(Definition definition) {
        return Results.of(
                definition, outcomes.samples(definition, clock.instant().minus(settling)));
    }

    @Override
    public void run() {
        for (Experiment each : experiments.running()) {
            try {
                look(each);
            } catch (Unavailable e) {
                LOG.debug("the guardrails of {} are looked at later", each.name(), e);
            } catch (RuntimeException e) {
                LOG.warn("the guardrails of {} could not be looked at", each.name(), e);
            }
        }
    }

    private void look(Experiment running) {
        List<String> reasons = results(running.definition()).stops(running.definition());
        if (reasons.isEmpty()) {
            return;
        }
        String message = "a guardrail was broken: " + String.join(", ", reasons);
        try {
            store.stop(running.name(), message);
            LOG.warn("experiment {} is stopped: {}", running.name(), message);
        } catch (ExperimentStore.Conflict e) {
            LOG.debug("experiment {} was stopped by another instance", running.name(), e);
        }
    }
}
