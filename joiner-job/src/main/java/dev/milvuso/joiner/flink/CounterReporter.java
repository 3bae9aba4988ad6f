package dev.milvuso.joiner.flink;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Sums the job's own counters over all subtasks in this process. Flink makes the reporter, so what it has gathered is
 * shared by class; there is one joiner in a process.
 */
public final class CounterReporter implements MetricReporter, MetricReporterFactory {
    private static final String OURS = "milvuso.";
    private static final Map<Counter, String> RUNNING = new ConcurrentHashMap<>();
    private static final Map<String, Long> ENDED = new ConcurrentHashMap<>();

    /** @param name of the counter, see {@link Meters} */
    public static double total(String name) {
        long sum = ENDED.getOrDefault(name, 0L);
        for (Map.Entry<Counter, String> entry : RUNNING.entrySet()) {
            if (entry.getValue().equals(name)) {
                sum += entry.getKey().getCount();
            }
        }
        return sum;
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.startsWith(OURS) && metric instanceof Counter counter) {
            RUNNING.put(counter, name);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && RUNNING.remove(counter) != null) {
            ENDED.merge(name, counter.getCount(), Long::sum);
        }
    }
}
