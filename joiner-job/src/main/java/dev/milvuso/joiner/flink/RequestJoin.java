package dev.milvuso.joiner.flink;

import static java.util.Objects.requireNonNull;

import dev.milvuso.example.TrainingExample;
import dev.milvuso.joiner.core.Act;
import dev.milvuso.joiner.core.Request;
import dev.milvuso.joiner.core.RequestJoiner;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** {@link RequestJoiner} for each request. */
final class RequestJoin extends KeyedProcessFunction<String, Act, TrainingExample> {
    private final long window;
    private transient @Nullable RequestJoiner joiner;
    private transient @Nullable ValueState<Request> request;
    private transient @Nullable Counter examples;

    /** @param window milliseconds of event time */
    RequestJoin(long window) {
        this.window = window;
    }

    @Override
    public void open(OpenContext context) {
        joiner = new RequestJoiner(window);
        request = getRuntimeContext().getState(new ValueStateDescriptor<>("request", Types.REQUEST));
        examples = getRuntimeContext().getMetricGroup().counter(Meters.EXAMPLES);
    }

    @Override
    public void processElement(Act act, Context context, Collector<TrainingExample> out) throws IOException {
        Request before = requireNonNull(request).value();
        long watermark = context.timerService().currentWatermark();
        take(before, requireNonNull(joiner).onAct(before, act, watermark), context.timerService(), out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TrainingExample> out) throws IOException {
        Request before = requireNonNull(request).value();
        take(before, requireNonNull(joiner).onTimer(before, time), context.timerService(), out);
    }

    private void take(
            @Nullable Request before, RequestJoiner.Step step, TimerService timers, Collector<TrainingExample> out)
            throws IOException {
        Request after = step.state();
        if (after == null) {
            requireNonNull(request).clear();
        } else if (!Objects.equals(after, before)) {
            if (before == null || before.nextClose() != after.nextClose()) {
                timers.registerEventTimeTimer(after.nextClose());
            }
            requireNonNull(request).update(after);
        }
        for (TrainingExample example : step.examples()) {
            Meters.count(examples);
            out.collect(example);
        }
    }
}
