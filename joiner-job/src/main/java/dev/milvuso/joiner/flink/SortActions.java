package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.EncodedExample;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the examples of actions without a request. What has a request goes aside to the join by request, dead
 * letters go aside too, heartbeats end here.
 */
final class SortActions extends ProcessFunction<Fact, EncodedExample> {
    static final OutputTag<Fact> WITH_REQUEST = new OutputTag<>("with-request", Types.FACT);

    private final String topic;
    private transient @Nullable Counter actions;
    private transient @Nullable Counter late;
    private transient @Nullable Counter rejected;

    SortActions(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        actions = metrics.counter(Meters.ACTIONS);
        late = metrics.counter(Meters.LATE);
        rejected = metrics.counter(Meters.DEAD_LETTERS + topic, new DeadLetterCounter(topic));
    }

    @Override
    public void processElement(Fact fact, Context context, Collector<EncodedExample> out) {
        if (fact instanceof Fact.Happened happened) {
            Meters.count(actions);
            if (happened.act().example().late()) {
                Meters.count(late);
            }
            if (happened.act().hasRequest()) {
                context.output(WITH_REQUEST, fact);
            } else {
                out.collect(EncodedExample.of(happened.act().example()));
            }
        } else if (fact instanceof Fact.Listed) {
            context.output(WITH_REQUEST, fact);
        } else if (fact instanceof Fact.Rejected bad) {
            Meters.count(rejected);
            context.output(DeadLetter.TAG, bad.letter());
        }
    }
}
