package dev.milvuso.joiner.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Lets through features; dead letters go aside. */
final class SortFeatures extends ProcessFunction<Fact, Fact> {
    private final String topic;
    private transient @Nullable Counter rejected;

    SortFeatures(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        rejected =
                getRuntimeContext().getMetricGroup().counter(Meters.DEAD_LETTERS + topic, new DeadLetterCounter(topic));
    }

    @Override
    public void processElement(Fact fact, Context context, Collector<Fact> out) {
        if (fact instanceof Fact.Rejected bad) {
            Meters.count(rejected);
            context.output(DeadLetter.TAG, bad.letter());
        } else {
            out.collect(fact);
        }
    }
}
