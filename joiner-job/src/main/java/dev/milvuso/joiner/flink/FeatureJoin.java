package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.config.JoinerConfig;
import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.EventFilter;
import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.FeatureJoiner;
import dev.milvuso.joiner.core.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
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

    private static final MapStateDescriptor<EventKey, Waiting> WAITING =
            new MapStateDescriptor<>("waiting", Types.EVENT_KEY, Types.WAITING);
    private static final MapStateDescriptor<EventKey, byte[]> EARLY = new MapStateDescriptor<>(
            "early-features", Types.EVENT_KEY, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    /** More take longer to read than a start may last. */
    private static final int FILTERED_AT_START = 1_000_000;

    private final JoinerConfig joinerConfig;
    private final List<EventKey> checkpointed = new ArrayList<>();
    private transient @Nullable FeatureJoiner joiner;
    private transient @Nullable MapState<EventKey, Waiting> waiting;
    private transient @Nullable Seen seen;
    private transient @Nullable EventFilter filter;
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
        Seen known = isOnDisk() ? seenOnDisk() : seenOnHeap();
        seen = known;
        EventStates events =
                new EventStates(this::turnTo, known, getRuntimeContext().getMapState(EARLY));
        Duration exampleWait = joinerConfig
                .impressionWindow()
                .plus(joinerConfig.outOfOrderness())
                .plus(SLACK);
        joiner = new FeatureJoiner(joinerConfig.featureWait().toMillis(), exampleWait.toMillis(), events, this::write);
        restore();
    }

    private boolean isOnDisk() {
        return joinerConfig.stateBackend().equals("rocksdb");
    }

    /** Under which key an event is kept: on disk many share one. */
    static EventKey keyOf(EventKey event, boolean onDisk) {
        return onDisk ? Shards.of(event) : event;
    }

    private void turnTo(EventKey event) {
        setCurrentKey(keyOf(event, isOnDisk()));
    }

    private Seen seenOnHeap() {
        ValueStateDescriptor<Byte> each = new ValueStateDescriptor<>("seen", BasicTypeInfo.BYTE_TYPE_INFO);
        each.enableTimeToLive(Horizon.of(joinerConfig.deduplicationHorizon()));
        return new SeenOnHeap(this::setCurrentKey, getRuntimeContext().getState(each));
    }

    private Seen seenOnDisk() throws Exception {
        MapStateDescriptor<EventKey, Byte> all =
                new MapStateDescriptor<>("seen", Types.EVENT_KEY, BasicTypeInfo.BYTE_TYPE_INFO);
        all.enableTimeToLive(Horizon.of(joinerConfig.deduplicationHorizon()));
        MapState<EventKey, Byte> state = getRuntimeContext().getMapState(all);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        EventFilter made = new EventFilter(joinerConfig.deduplicationHorizon().toMillis(), now);
        if (!filled(made, all.getName(), state)) {
            made.missSome(now);
        }
        made.onTime(now);
        filter = made;
        return new SeenOnDisk(this::setCurrentKey, state, made);
    }

    /** @return whether all could be put in that the state holds */
    private boolean filled(EventFilter made, String name, MapState<EventKey, Byte> state) throws Exception {
        int count = 0;
        KeyedStateBackend<EventKey> backend = requireNonNull(getKeyedStateBackend());
        try (Stream<EventKey> shards = backend.<VoidNamespace>getKeys(name, VoidNamespace.INSTANCE)) {
            for (EventKey shard : (Iterable<EventKey>) shards.distinct()::iterator) {
                setCurrentKey(shard);
                for (EventKey event : state.keys()) {
                    if (count++ == FILTERED_AT_START) {
                        return false;
                    }
                    made.add(event);
                }
            }
        }
        return true;
    }

    private void restore() throws Exception {
        waiting = getRuntimeContext().getMapState(WAITING);
        List<Waiting> kept = new ArrayList<>();
        List<EventKey> keptEarly = new ArrayList<>();
        KeyedStateBackend<EventKey> backend = requireNonNull(getKeyedStateBackend());
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, WAITING, (key, state) -> {
            state.values().forEach(kept::add);
            state.keys().forEach(checkpointed::add);
        });
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                EARLY,
                (key, state) -> state.keys().forEach(keptEarly::add));
        requireNonNull(joiner)
                .restore(kept, keptEarly, getProcessingTimeService().getCurrentProcessingTime());
        runTimer();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(joiner).handOver();
        requireNonNull(seen).flush();
        MapState<EventKey, Waiting> state = requireNonNull(waiting);
        for (EventKey gone : checkpointed) {
            turnTo(gone);
            state.remove(gone);
        }
        checkpointed.clear();
        for (Waiting one : requireNonNull(joiner).waiting()) {
            EventKey event = one.example().event();
            turnTo(event);
            state.put(event, one);
            checkpointed.add(event);
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
        if (filter != null) {
            filter.onTime(time);
        }
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
