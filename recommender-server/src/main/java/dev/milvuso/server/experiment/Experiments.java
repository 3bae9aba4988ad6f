package dev.milvuso.server.experiment;

import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The experiments as this instance knows them; those that run are read again and again, so that all instances follow
 * within a second. While PostgreSQL is away the last known go on. Safe for use by many threads.
 */
public final class Experiments implements Runnable {
    /** Variant of a user who sees interleaved lists. */
    public static final String INTERLEAVED = "interleaved";

    private static final Logger LOG = LoggerFactory.getLogger(Experiments.class);

    private final ExperimentStore store;
    private volatile List<Experiment> active = List.of();

    public Experiments(ExperimentStore store) {
        this.store = store;
    }

    /** Reads what has changed. */
    @Override
    public void run() {
        try {
            refresh();
        } catch (Unavailable e) {
            LOG.debug("experiments go on as they are known", e);
        } catch (RuntimeException e) {
            LOG.warn("the experiments could not be read", e);
        }
    }

    /** Throws {@link Unavailable}. */
    public void refresh() {
        active = store.all().stream()
                .filter(each -> each.state() == Experiment.State.RUNNING || each.state() == Experiment.State.CONCLUDED)
                .toList();
    }

    /** Those that run. */
    public List<Experiment> running() {
        return active.stream().filter(Experiment::isRunning).toList();
    }

    /** What the user gets; the same again as long as no experiment begins or ends. */
    public Assignment of(UserId user) {
        List<Experiment> all = active;
        if (all.isEmpty()) {
            return Assignment.NONE;
        }
        Map<String, String> variants = new TreeMap<>();
        Map<String, String> overrides = new TreeMap<>();
        Optional<Assignment.Rival> rival = Optional.empty();
        for (Experiment each : all) {
            each.winner().flatMap(each.definition()::variant).ifPresent(won -> overrides.putAll(won.overrides()));
        }
        for (Experiment each : all) {
            if (!each.isRunning() || !each.includes(user.value())) {
                continue;
            }
            Definition definition = each.definition();
            if (!definition.interleaved()) {
                Variant variant = definition.of(user.value());
                variants.put(each.name(), variant.name());
                overrides.putAll(variant.overrides());
            } else if (rival.isEmpty()) {
                Variant second = definition.variants().get(1);
                variants.put(each.name(), INTERLEAVED);
                overrides.putAll(definition.control().overrides());
                rival = Optional.of(
                        new Assignment.Rival(definition.control().name(), second.name(), second.overrides()));
            }
        }
        return new Assignment(variants, overrides, rival);
    }
}
