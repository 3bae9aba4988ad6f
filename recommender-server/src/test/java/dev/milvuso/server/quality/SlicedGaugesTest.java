package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.action.ServedList;
import dev.milvuso.server.ManualClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlicedGaugesTest {
    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SlicedGauges gauges = new SlicedGauges(metrics);
    private final QualityTracker tracker = new QualityTracker(
            new QualityTracker.Settings(Duration.ofMinutes(30), 5, 1000, 10),
            Site.MEANING,
            new Site.NumberedItems(),
            Examination.EVEN,
            new PositionBias(5),
            clock);

    private void serve(String request, String version) {
        ServedList list = Site.list(request, "u" + request, clock.millis(), "1", "2");
        tracker.happened(new ServedList(
                list.requestId(), list.userId(), version, list.timestamp(), list.items(), list.origin()));
    }

    private void show() {
        List<Optional<Slice>> slices =
                Arrays.stream(Slice.values()).map(Optional::of).toList();
        gauges.show(Stream.of(TimeWindow.FIVE_MINUTES, TimeWindow.HOUR)
                .flatMap(window -> tracker.reports(window, slices).stream())
                .toList());
    }

    private List<String> versions(String window) {
        return metrics.find("milvuso.precision.by.model.version").tag("window", window).gauges().stream()
                .map(gauge -> gauge.getId().getTag("model_version"))
                .sorted()
                .toList();
    }

    @Test
    void whatHasLeftAWindowHasNoTimeSeriesAnyMore() {
        serve("a", "v1");
        show();
        assertThat(versions("5m")).containsExactly("v1");
        clock.goOn(Duration.ofMinutes(10));
        serve("b", "v2");
        show();
        assertThat(versions("5m")).containsExactly("v2");
        assertThat(versions("1h")).containsExactly("v1", "v2");
    }

    @Test
    void thereAreNoMoreTimeSeriesThanValuesAreToldApart() {
        for (int i = 0; i < 100; i++) {
            serve("r" + i, "v" + i);
        }
        show();
        assertThat(versions("1h")).hasSize(Slice.MODEL_VERSION.most + 1).contains("other");
    }

    @Test
    void whatItemsAddIsShownByTheirSourceAndPosition() {
        serve("a", "v1");
        tracker.happened(Site.action("Click", "ua", "2", clock.millis(), "a"));
        show();
        assertThat(value("milvuso.recall.by.source", "source", "personal")).isEqualTo(1);
        assertThat(value("milvuso.map.by.position", "position", "2")).isEqualTo(0.5);
        assertThat(value("milvuso.map.by.position", "position", "1")).isZero();
        assertThat(value("milvuso.precision.by.source", "source", "personal")).isEqualTo(0.2);
    }

    private double value(String name, String tag, String value) {
        Gauge gauge = metrics.find(name).tag("window", "1h").tag(tag, value).gauge();
        assertThat(gauge).isNotNull();
        return gauge == null ? Double.NaN : gauge.value();
    }
}
