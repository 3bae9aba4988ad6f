package dev.milvuso.joiner.flink;

import dev.milvuso.kafka.DeadLetters;
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
        counter(Meters.ACTIONS, "actions read");
        counter(Meters.EXAMPLES, "examples written");
        counter(Meters.LATE, "actions too far in the past to be joined in event time");
        counter(Meters.REPEATED, "actions whose event id had been there");
        counter(Meters.FEATURES_MISSING, "examples whose features did not come in time");
        for (String topic :
                List.of(topics.userActions().name(), topics.features().name())) {
            DeadLetterCounter.share(topic, DeadLetters.counter(metrics, topic));
        }
    }

    /** Micrometer holds what it reads weakly: it is given something that stays. */
    private void counter(String name, String description) {
        FunctionCounter.builder(name, CounterReporter.class, reporter -> CounterReporter.total(name))
                .description(description)
                .register(metrics);
    }
}
