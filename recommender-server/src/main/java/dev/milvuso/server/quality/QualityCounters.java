package dev.milvuso.server.quality;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counters of the lists that this instance has served, so that their sum over all instances counts each list once. What
 * is read of the time before the start is not counted: it was when it happened.
 */
final class QualityCounters implements Following {
    private static final int MOST_VALUES = 64;

    /** Names of what is counted, written out so that they are found. */
    private record Measure(String name, String byPosition, String byVariant, String description) {}

    private static final Measure SHOWN = new Measure(
            "milvuso.quality.shown",
            "milvuso.quality.shown.by.position",
            "milvuso.quality.shown.by.variant",
            "Items shown in served lists");
    private static final Measure CLICKS = new Measure(
            "milvuso.quality.clicks",
            "milvuso.quality.clicks.by.position",
            "milvuso.quality.clicks.by.variant",
            "Shown items with a click");
    private static final Measure CONVERSIONS = new Measure(
            "milvuso.quality.conversions",
            "milvuso.quality.conversions.by.position",
            "milvuso.quality.conversions.by.variant",
            "Shown items with a conversion");
    private static final Measure FAVOURS = new Measure(
            "milvuso.quality.favours",
            "milvuso.quality.favours.by.position",
            "milvuso.quality.favours.by.variant",
            "Shown items with any action in favour");
    private static final Measure REFUSALS = new Measure(
            "milvuso.quality.refusals",
            "milvuso.quality.refusals.by.position",
            "milvuso.quality.refusals.by.variant",
            "Shown items with an action against them");

    private final String instance;
    private final BooleanSupplier live;
    private final MeterRegistry metrics;
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Counter>> counters = new ConcurrentHashMap<>();

    /** @param live whether the log has been read up to the present */
    QualityCounters(String instance, BooleanSupplier live, MeterRegistry metrics) {
        this.instance = instance;
        this.live = live;
        this.metrics = metrics;
    }

    @Override
    public void served(OpenList list) {
        if (!isOurs(list)) {
            return;
        }
        list(list);
        for (int i = 0; i < list.length(); i++) {
            item(SHOWN, list, i);
        }
    }

    @Override
    public void followed(OpenList list, int position, int added) {
        if (!isOurs(list)) {
            return;
        }
        if ((added & Meaning.CLICK) != 0) {
            item(CLICKS, list, position);
        }
        if ((added & Meaning.CONVERSION) != 0) {
            item(CONVERSIONS, list, position);
        }
        if ((added & Meaning.FAVOUR) != 0) {
            item(FAVOURS, list, position);
        }
        if ((added & Meaning.AGAINST) != 0) {
            item(REFUSALS, list, position);
        }
    }

    private boolean isOurs(OpenList list) {
        return live.getAsBoolean() && list.origin().instance().equals(instance);
    }

    private void list(OpenList list) {
        String version = list.modelVersion();
        count("milvuso.quality.lists", "Served lists", "model_version", bounded(version.isEmpty() ? "none" : version));
        byVariant("milvuso.quality.lists.by.variant", "Served lists", list);
    }

    private void item(Measure measure, OpenList list, int position) {
        count(measure.name(), measure.description(), "source", bounded(list.source(position)));
        count(measure.byPosition(), measure.description(), "position", Bucket.position(position));
        byVariant(measure.byVariant(), measure.description(), list);
    }

    private void byVariant(String name, String description, OpenList list) {
        list.origin()
                .variants()
                .forEach((experiment, variant) ->
                        count(name, description, "variant", bounded(experiment + "/" + variant)));
    }

    /** Names come from outside: no more of them than a scrape can bear. */
    private String bounded(String value) {
        @Nullable String known = values.get(value);
        if (known != null) {
            return known;
        }
        return values.size() < MOST_VALUES ? values.computeIfAbsent(value, same -> same) : Bucket.OTHER;
    }

    private void count(String name, String description, String tag, String value) {
        Map<String, Counter> byValue = counters.computeIfAbsent(name, unused -> new ConcurrentHashMap<>());
        Counter known = byValue.get(value);
        if (known == null) {
            known = Counter.builder(name)
                    .description(description)
                    .tag(tag, value)
                    .register(metrics);
            byValue.put(value, known);
        }
        known.increment();
    }
}
