package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Act;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Lets through what has an event id; served items and dead letters go aside, heartbeats end here. */
final class Sorting extends ProcessFunction<Fact, Fact> {
    static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", Types.DEAD_LETTER);
    static final OutputTag<Act> SERVED = new OutputTag<>("served", Types.ACT);

    private final String topic;
    private transient @Nullable Counter rejected;

    Sorting(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        rejected = getRuntimeContext().getMetricGroup().counter(Meters.DEAD_LETTERS + topic);
    }

    @Override
    public void processElement(Fact fact, Context context, Collector<Fact> out) {
        if (fact instanceof Fact.Rejected bad) {
            Meters.count(rejected);
            context.output(DEAD_LETTERS, bad.letter());
        } else if (fact instanceof Fact.Happened happened && happened.act().role() == Act.Role.SERVED) {
            context.output(SERVED, happened.act());
        } else if (!(fact instanceof Fact.Beat)) {
            out.collect(fact);
        }
    }
}
