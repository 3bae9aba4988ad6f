package dev.milvuso.server.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.milvuso.server.quality.PositionBias;
import dev.milvuso.server.quality.Quality;
import dev.milvuso.server.quality.QualityReport;
import dev.milvuso.server.quality.Slice;
import dev.milvuso.server.quality.TimeWindow;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /quality?window=1h&by=source}: how good the lists of all instances were, by what followed them. */
record GetQuality(Quality quality) implements Handler {
    /** The report and how its debiased figures were corrected. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Body(@JsonUnwrapped QualityReport report, Examined positionBias) {}

    /** @param examination how likely each position is to be looked at, against the first */
    @JsonNaming(SnakeCaseStrategy.class)
    record Examined(String estimatedFrom, List<Double> examination) {
        static Examined of(PositionBias.Estimate estimate) {
            return new Examined(estimate.origin().name().toLowerCase(Locale.ROOT), estimate.examination());
        }
    }

    @Override
    public void handle(Context context) {
        Parameters parameters = Parameters.of(context, "window", "by");
        TimeWindow window = parameters.value("window").map(GetQuality::window).orElse(TimeWindow.HOUR);
        Optional<Slice> by = parameters.value("by").map(GetQuality::slice);
        Answers.json(context, 200, new Body(quality.report(window, by), Examined.of(quality.positionBias())));
    }

    private static TimeWindow window(String label) {
        return TimeWindow.labelled(label).orElseThrow(() -> Problem.of(400, "window", "must be 5m, 1h, 24h or 7d"));
    }

    private static Slice slice(String label) {
        return Arrays.stream(Slice.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, "by", "must be source, position, variant or model_version"));
    }
}
