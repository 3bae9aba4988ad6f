package dev.milvuso.server.quality;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The windows that are kept. A sixtieth of each is a whole number of those of the next shorter one. */
public enum TimeWindow {
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7));

    private final String label;
    private final Duration length;

    TimeWindow(String label, Duration length) {
        this.label = label;
        this.length = length;
    }

    public static Optional<TimeWindow> labelled(String label) {
        return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
    }

    static List<TimeWindow> longestFirst() {
        return Arrays.stream(values())
                .sorted(Comparator.comparing(TimeWindow::length).reversed())
                .toList();
    }

    public String label() {
        return label;
    }

    public Duration length() {
        return length;
    }
}
