package dev.milvuso.server.quality;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The measures of lists by source, position, variant and model version, as gauges. They are those of the reports, which
 * tell no more than {@link Slice#most} values apart and count the others as {@code other}, so that there are as many
 * time series at most; a value that has left the window has none. Not safe for use by many threads.
 */
final class SlicedGauges {
    /** Names of what is shown, written out so that they are found. */
    private record Measure(
            String bySource,
            String byPosition,
            String byVariant,
            String byModelVersion,
            String description,
            Function<QualityReport.Figures, @Nullable Double> figure) {
        String by(Slice slice) {
            return switch (slice) {
                case SOURCE -> bySource;
                case POSITION -> byPosition;
                case VARIANT -> byVariant;
                case MODEL_VERSION -> byModelVersion;
            };
        }
    }

    private static final List<Measure> MEASURES = List.of(
            new Measure(
                    "milvuso.precision.by.source",
                    "milvuso.precision.by.position",
                    "milvuso.precision.by.variant",
                    "milvuso.precision.by.model.version",
                    "Precision at quality.k; of a source or position what its items add to that of all lists",
                    QualityReport.Figures::precision),
            new Measure(
                    "milvuso.recall.by.source",
                    "milvuso.recall.by.position",
                    "milvuso.recall.by.variant",
                    "milvuso.recall.by.model.version",
                    "Recall at quality.k; of a source or position what its items add to that of all lists",
                    QualityReport.Figures::recall),
            new Measure(
                    "milvuso.ndcg.by.source",
                    "milvuso.ndcg.by.position",
                    "milvuso.ndcg.by.variant",
                    "milvuso.ndcg.by.model.version",
                    "NDCG at quality.k; of a source or position what its items add to that of all lists",
                    QualityReport.Figures::ndcg),
            new Measure(
                    "milvuso.map.by.source",
                    "milvuso.map.by.position",
                    "milvuso.map.by.variant",
                    "milvuso.map.by.model.version",
                    "MAP at quality.k; of a source or position what its items add to that of all lists",
                    QualityReport.Figures::map));

    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

    SlicedGauges(MeterRegistry metrics) {
        for (Measure measure : MEASURES) {
            for (Slice slice : Slice.values()) {
                String name = measure.by(slice);
                gauges.put(
                        name,
                        MultiGauge.builder(name)
                                .description(measure.description())
                                .register(metrics));
            }
        }
    }

    /** @param reports of each window one for each slice */
    void show(List<QualityReport> reports) {
        for (Measure measure : MEASURES) {
            for (Slice slice : Slice.values()) {
                MultiGauge gauge = gauges.get(measure.by(slice));
                if (gauge != null) {
                    gauge.register(rows(reports, measure, slice), true);
                }
            }
        }
    }

    private static List<MultiGauge.Row<?>> rows(List<QualityReport> reports, Measure measure, Slice slice) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (QualityReport report : reports) {
            if (slice.label().equals(report.by())) {
                for (QualityReport.Part part : report.slices()) {
                    Double value = measure.figure().apply(part.figures());
                    if (value != null) {
                        rows.add(MultiGauge.Row.of(
                                Tags.of("window", report.window(), slice.label(), part.value()), value));
                    }
                }
            }
        }
        return rows;
    }
}
