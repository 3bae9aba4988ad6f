package dev.milvuso.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Asks the dependency: it is up if the question throws nothing, and down if it has not been for three times. */
    void check(String name, Runnable question) {
        try {
            question.run();
            failures.remove(name);
            set(name, "UP");
        } catch (RuntimeException e) {
            LOG.debug("{} does not answer", name, e);
            if (failures.merge(name, 1, Integer::sum) >= FAILURES) {
                set(name, "DOWN");
            }
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
