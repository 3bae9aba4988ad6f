package dev.milvuso.server.quality;

import dev.milvuso.action.UserEvent;
import dev.milvuso.config.Config;
import dev.milvuso.config.QualityConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The quality of what is being served, as this instance has read it from the log: the reports, and the metrics made of
 * them. The gauges are of all instances' lists, the same on each of them; the counters of this instance's own.
 */
public final class Quality implements Runnable {
    private static final List<Optional<Slice>> SLICES =
            Arrays.stream(Slice.values()).map(Optional::of).toList();

    private final PositionBias bias;
    private final QualityTracker tracker;
    private final BooleanSupplier live;
    private final SlicedGauges sliced;
    private final ConcurrentMap<TimeWindow, QualityReport.Figures> latest = new ConcurrentHashMap<>();

    /**
     * @param instance under which this server writes its lists
     * @param live whether the log has been read up to the present
     * @param followings told of all lists and what follows them
     */
    public Quality(
            Config config,
            String instance,
            ItemFacts facts,
            BooleanSupplier live,
            List<Following> followings,
            Clock clock,
            MeterRegistry metrics) {
        QualityConfig quality = config.quality();
        this.live = live;
        bias = new PositionBias(quality.k());
        QualityCounters counters = new QualityCounters(instance, live, metrics);
        tracker = new QualityTracker(
                new QualityTracker.Settings(quality.window(), quality.k(), quality.openLists(), quality.mostWeight()),
                new Meaning(config.actions(), quality.clicks(), quality.conversions()),
                facts,
                bias,
                new All(bias, counters, followings),
                clock);
        for (TimeWindow window : TimeWindow.values()) {
            gauge(metrics, window, "milvuso.ctr", "Clicked items among shown ones", QualityReport.Figures::ctr);
            gauge(
                    metrics,
                    window,
                    "milvuso.ctr.debiased",
                    "CTR as if all positions were looked at alike",
                    QualityReport.Figures::debiasedCtr);
            gauge(
                    metrics,
                    window,
                    "milvuso.conversion",
                    "Converted items among shown ones",
                    QualityReport.Figures::conversion);
            gauge(
                    metrics,
                    window,
                    "milvuso.engagement",
                    "Shown items with an action in favour",
                    QualityReport.Figures::engagement);
            gauge(metrics, window, "milvuso.precision", "Precision at quality.k", QualityReport.Figures::precision);
            gauge(metrics, window, "milvuso.recall", "Recall at quality.k", QualityReport.Figures::recall);
            gauge(metrics, window, "milvuso.ndcg", "NDCG at quality.k of served lists", QualityReport.Figures::ndcg);
            gauge(metrics, window, "milvuso.map", "MAP at quality.k", QualityReport.Figures::map);
            gauge(
                    metrics,
                    window,
                    "milvuso.coverage",
                    "Share of the catalogue that was shown",
                    QualityReport.Figures::coverage);
            gauge(
                    metrics,
                    window,
                    "milvuso.diversity",
                    "What lists of two users do not have in common",
                    QualityReport.Figures::diversity);
            gauge(
                    metrics,
                    window,
                    "milvuso.intra.list.diversity",
                    "Mean distance within a list",
                    QualityReport.Figures::intraListDiversity);
            gauge(
                    metrics,
                    window,
                    "milvuso.novelty.bits",
                    "Mean self-information of shown items",
                    QualityReport.Figures::novelty);
        }
        sliced = new SlicedGauges(metrics);
        Gauge.builder("milvuso.quality.open.lists", tracker, QualityTracker::openLists)
                .description("Served lists that wait for what follows them")
                .register(metrics);
    }

    private record All(PositionBias bias, QualityCounters counters, List<Following> others) implements Following {
        @Override
        public void served(OpenList list) {
            bias.served(list);
            counters.served(list);
            others.forEach(each -> each.served(list));
        }

        @Override
        public void followed(OpenList list, int position, int added) {
            bias.followed(list, position, added);
            counters.followed(list, position, added);
            others.forEach(each -> each.followed(list, position, added));
        }
    }

    /** Not a number while there is nothing to measure. */
    private void gauge(
            MeterRegistry metrics,
            TimeWindow window,
            String name,
            String description,
            Function<QualityReport.Figures, @Nullable Double> figure) {
        Gauge.builder(name, () -> {
                    QualityReport.Figures figures = latest.get(window);
                    Double value = figures == null ? null : figure.apply(figures);
                    return value == null ? Double.NaN : value;
                })
                .description(description)
                .tag("window", window.label())
                .register(metrics);
    }

    /** A record of the log. */
    public void happened(UserEvent event) {
        tracker.happened(event);
    }

    /** Brings the gauges and the position bias up to date; to be called every second or so. */
    @Override
    public void run() {
        if (live.getAsBoolean()) {
            tracker.live();
        }
        bias.estimate();
        List<QualityReport> reports = new ArrayList<>();
        for (TimeWindow window : TimeWindow.values()) {
            List<QualityReport> bySlice = tracker.reports(window, SLICES);
            latest.put(window, bySlice.get(0).all());
            reports.addAll(bySlice);
        }
        sliced.show(reports);
    }

    /** The lists served within the window that ends now. */
    public QualityReport report(TimeWindow window, Optional<Slice> by) {
        return tracker.report(window, by);
    }

    public PositionBias.Estimate positionBias() {
        return bias.estimated();
    }
}
