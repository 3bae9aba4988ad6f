package dev.milvuso.joiner.flink;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.SimpleCounter;

/**
 * Counts dead letters for Flink and, where the job runs in this process, in the meter that it shares with others who
 * put records of the same topic aside. Flink ships functions as copies, so the meters are found by class; there is one
 * joiner in a process.
 */
final class DeadLetterCounter extends SimpleCounter {
    private static final Map<String, Counter> SHARED = new ConcurrentHashMap<>();

    private final String topic;

    DeadLetterCounter(String topic) {
        this.topic = topic;
    }

    /** From here on dead letters of the topic count in that meter too. */
    static void share(String topic, Counter meter) {
        SHARED.put(topic, meter);
    }

    @Override
    public void inc() {
        super.inc();
        Counter shared = SHARED.get(topic);
        if (shared != null) {
            shared.increment();
        }
    }
}
