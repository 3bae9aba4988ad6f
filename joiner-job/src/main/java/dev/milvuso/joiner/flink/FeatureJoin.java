package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.config.JoinerConfig;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.FeatureJoiner;
import dev.milvuso.joiner.core.Waiting;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** {@link FeatureJoiner} for each event id. */
final class FeatureJoin extends KeyedCoProcessFunction<String, TrainingExample, Fact, TrainingExample> {
    /** Features come before the impression that waits in the join by request; its timer runs on a coarse grid. */
    private static final long SLACK_MILLIS = 60_000;

    private final JoinerConfig config;
    private transient @Nullable FeatureJoiner joiner;
    private transient @Nullable ValueState<Waiting> waiting;
    private transient @Nullable Counter repeated;
    private transient @Nullable Counter missing;
    private transient @Nullable Counter examples;

    FeatureJoin(JoinerConfig config) {
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        long featureWait = config.featureWait().toMillis();
        long window = config.impressionWindow().plus(config.outOfOrderness()).toMillis();
        joiner = new FeatureJoiner(featureWait, window + Math.max(featureWait, SLACK_MILLIS));
        ValueStateDescriptor<Waiting> descriptor = new ValueStateDescriptor<>("waiting", Types.WAITING);
        descriptor.enableTimeToLive(Horizon.of(config));
        waiting = getRuntimeContext().getState(descriptor);
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        repeated = metrics.counter(Meters.REPEATED);
        missing = metrics.counter(Meters.FEATURES_MISSING);
        examples = metrics.counter(Meters.EXAMPLES);
    }

    @Override
    public void processElement1(TrainingExample example, Context context, Collector<TrainingExample> out)
            throws IOException {
        Waiting before = state().value();
        if (before != null && before.seen()) {
            Meters.count(repeated);
        }
        long now = context.timerService().currentProcessingTime();
        take(before, requireNonNull(joiner).onExample(before, example, now), context, out);
    }

    @Override
    public void processElement2(Fact fact, Context context, Collector<TrainingExample> out) throws IOException {
        Fact.Known known = (Fact.Known) fact;
        Waiting before = state().value();
        long now = context.timerService().currentProcessingTime();
        take(before, requireNonNull(joiner).onFeatures(before, known.features(), now), context, out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TrainingExample> out) throws IOException {
        Waiting before = state().value();
        take(before, requireNonNull(joiner).onTimer(before, time), context, out);
    }

    private void take(
            @Nullable Waiting before, FeatureJoiner.Step step, Context context, Collector<TrainingExample> out)
            throws IOException {
        if (!Objects.equals(step.state(), before)) {
            store(before, step.state(), context.timerService());
        }
        TrainingExample example = step.example();
        if (example != null) {
            if (example.features().isEmpty()) {
                Meters.count(missing);
            }
            Meters.count(examples);
            out.collect(example);
        }
    }

    private void store(@Nullable Waiting before, @Nullable Waiting after, TimerService timers) throws IOException {
        long timerBefore = before == null ? Waiting.NEVER : before.deadline();
        long timerAfter = after == null ? Waiting.NEVER : after.deadline();
        if (timerBefore != timerAfter && timerBefore != Waiting.NEVER) {
            timers.deleteProcessingTimeTimer(timerBefore);
        }
        if (timerBefore != timerAfter && timerAfter != Waiting.NEVER) {
            timers.registerProcessingTimeTimer(timerAfter);
        }
        if (after == null) {
            state().clear();
        } else {
            state().update(after);
        }
    }

    private ValueState<Waiting> state() {
        return requireNonNull(waiting);
    }
}
