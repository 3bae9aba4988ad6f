package dev.milvuso.joiner.flink;

import dev.milvuso.topic.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Shows the counters of the job that runs in this process. */
final class JobMeters {
    private final Topics topics;
    private final MeterRegistry metrics;

    JobMeters(Topics topics, MeterRegistry metrics) {
        this.topics = topics;
        this.metrics = metrics;
    }

    void register() {
        for (String name :
                List.of(Meters.ACTIONS, Meters.EXAMPLES, Meters.LATE, Meters.REPEATED, Meters.FEATURES_MISSING)) {
            counter(name, name).register(metrics);
        }
        for (String topic :
                List.of(topics.userActions().name(), topics.features().name())) {
            counter("milvuso.dlq.records", Meters.DEAD_LETTERS + topic)
                    .tag("topic", topic)
                    .register(metrics);
        }
    }

    /** Micrometer holds what it reads weakly: it is given something that stays. */
    private static FunctionCounter.Builder<?> counter(String name, String source) {
        return FunctionCounter.builder(name, CounterReporter.class, reporter -> CounterReporter.total(source));
    }
}
