package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.action.ActionType;
import dev.milvuso.config.JoinerConfig;
import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Acts;
import dev.milvuso.joiner.core.EncodedExample;
import dev.milvuso.joiner.core.Request;
import dev.milvuso.joiner.core.RequestJoiner;
import dev.milvuso.joiner.core.RequestJoiner.State;
import dev.milvuso.joiner.core.Settled;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * {@link RequestJoiner} for each request. Examples of actions go on to the join with features; items of served lists
 * have none and go aside, finished.
 */
final class RequestJoin extends KeyedProcessFunction<String, Fact, EncodedExample> {
    static final OutputTag<EncodedExample> SERVED_ITEMS = new OutputTag<>("served-items", Types.EXAMPLE);

    /** One timer for what closes within the same second of event time. */
    private static final long TIMER_GRID_MILLIS = 1000;

    private final ActionType impression;
    private final JoinerConfig config;
    private transient @Nullable RequestJoiner joiner;
    private transient @Nullable ValueState<Request> open;
    private transient @Nullable ValueState<Settled> settled;
    private transient @Nullable Counter repeated;
    private transient @Nullable Counter examples;

    RequestJoin(ActionType impression, JoinerConfig config) {
        this.impression = impression;
        this.config = config;
    }

    @Override
    public void open(OpenContext context) {
        long window = config.impressionWindow().toMillis();
        long outOfOrderness = config.outOfOrderness().toMillis();
        joiner = new RequestJoiner(new Acts(impression, window + outOfOrderness), window, outOfOrderness);
        open = getRuntimeContext().getState(new ValueStateDescriptor<>("open", Types.REQUEST));
        ValueStateDescriptor<Settled> remembered = new ValueStateDescriptor<>("settled", Types.SETTLED);
        remembered.enableTimeToLive(Horizon.of(config.deduplicationHorizon()));
        settled = getRuntimeContext().getState(remembered);
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        repeated = metrics.counter(Meters.REPEATED);
        examples = metrics.counter(Meters.EXAMPLES);
    }

    @Override
    public void processElement(Fact fact, Context context, Collector<EncodedExample> out) throws IOException {
        State before = state();
        RequestJoiner.Output output = output(context, out);
        State after = fact instanceof Fact.Listed listed
                ? requireNonNull(joiner).onServed(before, listed.list(), output)
                : requireNonNull(joiner).onAct(before, ((Fact.Happened) fact).act(), output);
        store(before, after, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<EncodedExample> out) throws IOException {
        State before = state();
        store(before, requireNonNull(joiner).onTime(before, time, output(context, out)), context.timerService());
    }

    private State state() throws IOException {
        return new State(requireNonNull(open).value(), requireNonNull(settled).value());
    }

    private void store(State before, State after, TimerService timers) throws IOException {
        if (after.settled() != null && !after.settled().equals(before.settled())) {
            requireNonNull(settled).update(after.settled());
        }
        Request request = after.open();
        if (Objects.equals(request, before.open())) {
            return;
        }
        if (request == null) {
            requireNonNull(open).clear();
            return;
        }
        requireNonNull(open).update(request);
        timers.registerEventTimeTimer(timerOf(request));
    }

    private static long timerOf(Request request) {
        return (Math.floorDiv(request.nextClose() - 1, TIMER_GRID_MILLIS) + 1) * TIMER_GRID_MILLIS;
    }

    private RequestJoiner.Output output(Context context, Collector<EncodedExample> out) {
        return new RequestJoiner.Output() {
            @Override
            public void event(TrainingExample example) {
                out.collect(EncodedExample.of(example));
            }

            @Override
            public void servedItem(TrainingExample example) {
                Meters.count(examples);
                context.output(SERVED_ITEMS, EncodedExample.of(example));
            }

            @Override
            public void repeat() {
                Meters.count(repeated);
            }
        };
    }
}
