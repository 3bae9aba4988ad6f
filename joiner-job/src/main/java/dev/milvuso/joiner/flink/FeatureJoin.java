package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.config.JoinerConfig;
import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.FeatureJoiner;
import dev.milvuso.joiner.core.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@link FeatureJoiner} for the event ids of a subtask. An operator rather than a function: what waits for moments lies
 * in memory, is due on one timer for all, and goes into keyed state only when a checkpoint is taken. A state access and
 * a timer for each of them would cost as much as all the rest.
 */
final class FeatureJoin extends AbstractStreamOperator<EncodedExample>
        implements TwoInputStreamOperator<EncodedExample, Fact, EncodedExample> {
    private static final long TIMER_GRID_MILLIS = 50;

    /** Features come before the impression that waits in the join by request, which closes on a grid of its own. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private static final ValueStateDescriptor<Waiting> WAITING = new ValueStateDescriptor<>("waiting", Types.WAITING);
    private static final ValueStateDescriptor<byte[]> EARLY =
            new ValueStateDescriptor<>("early-features", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private final JoinerConfig joinerConfig;
    private final List<EventKey> checkpointed = new ArrayList<>();
    private transient @Nullable FeatureJoiner joiner;
    private transient @Nullable ValueState<Waiting> waiting;
    private transient @Nullable TimestampedCollector<EncodedExample> out;
    private transient @Nullable Counter repeated;
    private transient @Nullable Counter missing;
    private transient @Nullable Counter examples;
    private transient boolean timerRuns;

    FeatureJoin(JoinerConfig config) {
        joinerConfig = config;
    }

    @Override
    public void open() throws Exception {
        super.open();
        out = new TimestampedCollector<>(output);
        MetricGroup metrics = getMetricGroup();
        repeated = metrics.counter(Meters.REPEATED);
        missing = metrics.counter(Meters.FEATURES_MISSING);
        examples = metrics.counter(Meters.EXAMPLES);
        EventStates events =
                new EventStates(this::setCurrentKey, seen(), getRuntimeContext().getState(EARLY));
        Duration exampleWait = joinerConfig
                .impressionWindow()
                .plus(joinerConfig.outOfOrderness())
                .plus(SLACK);
        joiner = new FeatureJoiner(joinerConfig.featureWait().toMillis(), exampleWait.toMillis(), events, this::write);
        restore();
    }

    private ValueState<Byte> seen() {
        ValueStateDescriptor<Byte> seen = new ValueStateDescriptor<>("seen", BasicTypeInfo.BYTE_TYPE_INFO);
        seen.enableTimeToLive(Horizon.of(joinerConfig.deduplicationHorizon()));
        return getRuntimeContext().getState(seen);
    }

    private void restore() throws Exception {
        waiting = getRuntimeContext().getState(WAITING);
        List<Waiting> kept = new ArrayList<>();
        List<EventKey> keptEarly = new ArrayList<>();
        KeyedStateBackend<EventKey> backend = requireNonNull(getKeyedStateBackend());
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, WAITING, (event, state) -> {
            kept.add(state.value());
            checkpointed.add(event);
        });
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                EARLY,
                (event, state) -> keptEarly.add(event));
        requireNonNull(joiner)
                .restore(kept, keptEarly, getProcessingTimeService().getCurrentProcessingTime());
        runTimer();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(joiner).handOver();
        ValueState<Waiting> state = requireNonNull(waiting);
        for (EventKey gone : checkpointed) {
            setCurrentKey(gone);
            state.clear();
        }
        checkpointed.clear();
        for (Waiting one : requireNonNull(joiner).waiting()) {
            setCurrentKey(one.example().event());
            state.update(one);
            checkpointed.add(one.example().event());
        }
    }

    /** Most elements touch no state: whoever does turns to the key first. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public boolean hasKeyContext2() {
        return false;
    }

    @Override
    public void processElement1(StreamRecord<EncodedExample> element) {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (!requireNonNull(joiner).onExample(element.getValue(), now)) {
            Meters.count(repeated);
        }
        runTimer();
    }

    @Override
    public void processElement2(StreamRecord<Fact> element) {
        Fact.Known known = (Fact.Known) element.getValue();
        long now = getProcessingTimeService().getCurrentProcessingTime();
        requireNonNull(joiner).onFeatures(known.event(), known.features(), now);
        runTimer();
    }

    private void runTimer() {
        if (!timerRuns && !requireNonNull(joiner).isIdle()) {
            timerRuns = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            var unused = getProcessingTimeService().registerTimer(now + TIMER_GRID_MILLIS, this::onTimer);
        }
    }

    private void onTimer(long time) {
        timerRuns = false;
        requireNonNull(joiner).onTime(time);
        runTimer();
    }

    private void write(EncodedExample example) {
        if (!example.joined()) {
            Meters.count(missing);
        }
        Meters.count(examples);
        requireNonNull(out).collect(example);
    }
}
