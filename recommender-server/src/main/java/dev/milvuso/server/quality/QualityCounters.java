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
        list("milvuso.quality.lists", "Served lists", list);
        for (int i = 0; i < list.length(); i++) {
            item("milvuso.quality.shown", "Items shown in served lists", list, i);
        }
    }

    @Override
    public void followed(OpenList list, int position, int added) {
        if (!isOurs(list)) {
            return;
        }
        if ((added & Meaning.CLICK) != 0) {
            item("milvuso.quality.clicks", "Shown items with a click", list, position);
        }
        if ((added & Meaning.CONVERSION) != 0) {
            item("milvuso.quality.conversions", "Shown items with a conversion", list, position);
        }
        if ((added & Meaning.FAVOUR) != 0) {
            item("milvuso.quality.favours", "Shown items with any action in favour", list, position);
        }
        if ((added & Meaning.AGAINST) != 0) {
            item("milvuso.quality.refusals", "Shown items with an action against them", list, position);
        }
    }

    private boolean isOurs(OpenList list) {
        return live.getAsBoolean() && list.origin().instance().equals(instance);
    }

    private void list(String name, String description, OpenList list) {
        String version = list.modelVersion();
        count(name, description, "model_version", bounded(version.isEmpty() ? "none" : version));
        list.origin()
                .variants()
                .forEach((experiment, variant) ->
                        count(name + ".by.variant", description, "variant", bounded(experiment + "/" + variant)));
    }

    private void item(String name, String description, OpenList list, int position) {
        count(name, description, "source", bounded(list.source(position)));
        count(name + ".by.position", description, "position", Bucket.position(position));
        list.origin()
                .variants()
                .forEach((experiment, variant) ->
                        count(name + ".by.variant", description, "variant", bounded(experiment + "/" + variant)));
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
