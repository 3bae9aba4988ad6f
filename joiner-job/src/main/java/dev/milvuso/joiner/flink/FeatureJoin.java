package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.config.JoinerConfig;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Act;
import dev.milvuso.joiner.core.FeatureJoiner;
import dev.milvuso.joiner.core.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * {@link FeatureJoiner} for each event id. What has no request is finished here; the rest goes aside to the join by
 * request.
 */
final class FeatureJoin extends KeyedCoProcessFunction<String, Fact, Fact, TrainingExample> {
    static final OutputTag<Act> WITH_REQUEST = new OutputTag<>("with-request", Types.ACT);

    private static final int CLEANED_PER_ACCESS = 5;
    private static final long CLEANED_AFTER_ENTRIES = 10_000;

    private final long featureWait;
    private final long window;
    private final long lateAfter;
    private final Duration horizon;
    private transient @Nullable FeatureJoiner joiner;
    private transient @Nullable ValueState<Waiting> waiting;
    private transient @Nullable Counter actions;
    private transient @Nullable Counter late;
    private transient @Nullable Counter repeated;
    private transient @Nullable Counter missing;
    private transient @Nullable Counter examples;

    FeatureJoin(JoinerConfig config) {
        featureWait = config.featureWait().toMillis();
        window = config.impressionWindow().toMillis();
        lateAfter = window + config.outOfOrderness().toMillis();
        horizon = config.deduplicationHorizon();
    }

    @Override
    public void open(OpenContext context) {
        joiner = new FeatureJoiner(featureWait, Math.max(window, featureWait), lateAfter);
        ValueStateDescriptor<Waiting> descriptor = new ValueStateDescriptor<>("waiting", Types.WAITING);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(horizon)
                .cleanupIncrementally(CLEANED_PER_ACCESS, false)
                .cleanupInRocksdbCompactFilter(CLEANED_AFTER_ENTRIES)
                .build());
        waiting = getRuntimeContext().getState(descriptor);
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        actions = metrics.counter(Meters.ACTIONS);
        late = metrics.counter(Meters.LATE);
        repeated = metrics.counter(Meters.REPEATED);
        missing = metrics.counter(Meters.FEATURES_MISSING);
        examples = metrics.counter(Meters.EXAMPLES);
    }

    @Override
    public void processElement1(Fact fact, Context context, Collector<TrainingExample> out) throws IOException {
        Act act = ((Fact.Happened) fact).act();
        Waiting before = state().value();
        Meters.count(before != null && before.seen() ? repeated : actions);
        TimerService timers = context.timerService();
        take(
                before,
                requireNonNull(joiner).onAct(before, act, timers.currentProcessingTime(), timers.currentWatermark()),
                context,
                out);
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
        Waiting after = step.state();
        if (!Objects.equals(after, before)) {
            store(before, after, context.timerService());
        }
        Act act = step.act();
        if (act != null) {
            emit(act, context, out);
        }
    }

    private void store(@Nullable Waiting before, @Nullable Waiting after, TimerService timers) throws IOException {
        if (before != null && before.deadline() != Waiting.NEVER) {
            timers.deleteProcessingTimeTimer(before.deadline());
        }
        if (after == null) {
            state().clear();
            return;
        }
        if (after.deadline() != Waiting.NEVER) {
            timers.registerProcessingTimeTimer(after.deadline());
        }
        state().update(after);
    }

    private void emit(Act act, Context context, Collector<TrainingExample> out) {
        if (act.example().late()) {
            Meters.count(late);
        }
        if (act.example().features().isEmpty()) {
            Meters.count(missing);
        }
        if (act.hasRequest()) {
            context.output(WITH_REQUEST, act);
        } else {
            Meters.count(examples);
            out.collect(act.example());
        }
    }

    private ValueState<Waiting> state() {
        return requireNonNull(waiting);
    }
}
