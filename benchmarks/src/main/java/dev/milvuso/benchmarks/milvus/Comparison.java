package dev.milvuso.benchmarks.milvus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.benchmarks.process.Quantiles;
import java.util.ArrayList;
import java.util.List;

/**
 * The same call by three sides in turns, on the same collection: the SDK, the adapter, and the SDK once more by a
 * client of its own. What the SDK differs from itself is what the figures cannot tell apart. Each order of the three
 * comes as often as any other.
 */
final class Comparison {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[][] ORDERS = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}, {2, 0, 1}, {1, 0, 2}};

    private final List<Side> sides;

    /** On one collection. */
    Comparison(Side sdk, Side adapter, Side sdkAgain) {
        this.sides = List.of(sdk, adapter, sdkAgain);
    }

    @FunctionalInterface
    interface Call {
        /**
         * @param round the same for all sides
         * @param turn another for each side and round: from 0 on without a gap
         */
        void by(Side side, int round, int turn);
    }

    /** @param rounds that count; as many before them warm up */
    ObjectNode of(String what, int rounds, Call call) {
        List<List<Double>> times =
                sides.stream().<List<Double>>map(side -> new ArrayList<>()).toList();
        for (int round = 0; round < 2 * rounds; round++) {
            for (int place : ORDERS[round % ORDERS.length]) {
                int now = round;
                double time = milliseconds(() -> call.by(sides.get(place), now, now * sides.size() + place));
                if (round >= rounds) {
                    times.get(place).add(time);
                }
            }
        }
        List<Double> medians = times.stream().map(Quantiles::median).toList();
        return row(what, medians.get(0), medians.get(1))
                .put("sdk_ratio_to_itself", medians.get(2) / medians.get(0))
                .put("rounds", rounds);
    }

    static ObjectNode row(String what, double sdk, double adapter) {
        return JSON.createObjectNode()
                .put("name", what)
                .put("sdk_ms", sdk)
                .put("adapter_ms", adapter)
                .put("time_ratio_to_sdk", adapter / sdk);
    }

    static double milliseconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }
}
