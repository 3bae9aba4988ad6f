package dev.milvuso.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How everything is that this server depends on. A change is one line in the log and moves a metric. */
final class Dependencies {
    private static final Logger LOG = LoggerFactory.getLogger(Dependencies.class);
    private static final List<String> NAMES = List.of("kafka", "milvus", "redis", "postgres", "model");

    /** One that is late once is not down. */
    private static final int FAILURES = 3;

    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    /** All are down until somebody has seen otherwise. */
    Dependencies(MeterRegistry metrics) {
        for (String name : NAMES) {
            states.put(name, name.equals("model") ? "DEGRADED" : "DOWN");
            Gauge.builder("milvuso.dependency.up", states, all -> isUp(name) ? 1 : 0)
                    .description("1 while it answers, else 0")
                    .tag("name", name)
                    .register(metrics);
        }
    }

    /** @param state {@code UP}, {@code DEGRADED} or {@code DOWN} */
    void set(String name, String state) {
        String before = states.put(name, state);
        if (!state.equals(before)) {
            if (state.equals("UP")) {
                LOG.info("{} is UP", name);
            } else {
                LOG.warn("{} is {}, it was {}", name, state, before);
            }
        }
    }

    /**
     * Asks the dependency: it is up if it answers in time. If it has not three times in a row it is degraded, or down
     * if there was no answer.
     *
     * @param question whether it answers in time; throws if it does not at all
     */
    void check(String name, BooleanSupplier question) {
        try {
            if (question.getAsBoolean()) {
                failures.remove(name);
                set(name, "UP");
            } else {
                failed(name, "DEGRADED");
            }
        } catch (RuntimeException e) {
            LOG.debug("{} does not answer", name, e);
            failed(name, "DOWN");
        }
    }

    private void failed(String name, String state) {
        if (failures.merge(name, 1, Integer::sum) >= FAILURES) {
            set(name, state);
        }
    }

    boolean isUp(String name) {
        return "UP".equals(states.get(name));
    }

    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, states.getOrDefault(name, "DOWN")));
        return all;
    }
}
