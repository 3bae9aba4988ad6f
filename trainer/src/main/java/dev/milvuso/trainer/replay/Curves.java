package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.plot.Chart;
import java.util.List;
import java.util.Locale;

/** The curve of a replay as a chart: NDCG@10 over the stream, one line for each way of learning. */
public final class Curves {
    private Curves() {}

    public static Chart of(ReplayResult result) {
        List<Chart.Series> series = result.ways().stream()
                .map(way -> new Chart.Series(
                        String.format(Locale.ROOT, "%s %.3f", way.name().replace('_', ' '), way.ndcg()),
                        result.curve().stream()
                                .map(point -> new double[] {
                                    100.0 * point.fromEvent() / result.events(),
                                    point.ndcg().getOrDefault(way.name(), Double.NaN)
                                })
                                .toList()))
                .toList();
        return new Chart(
                String.format(Locale.ROOT, "Test-then-train over %,d interactions", result.events()),
                "interactions so far, % (the first tenth is for training)",
                "NDCG@10 among 99 random items",
                series,
                false,
                false);
    }
}
