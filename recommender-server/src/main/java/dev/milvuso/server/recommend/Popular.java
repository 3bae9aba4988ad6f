package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.item.Item;
import dev.milvuso.server.catalogue.Catalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue by popularity. All popularities decay alike, so their order stays; it is kept as the logarithm to the
 * base 2 of what the popularity would have been in 1970.
 */
public final class Popular implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Popular.class);
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private record Ranked(Item item, double level) {}

    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparingDouble(Ranked::level)
            .reversed()
            .thenComparing(ranked -> ranked.item().popularityScore(), Comparator.reverseOrder())
            .thenComparing(ranked -> ranked.item().id());

    private final Catalogue catalogue;
    private final Function<Instant, List<ItemPopularity>> statistics;
    private final double halfLifeMillis;
    private final Clock clock;
    private final Map<ItemId, Double> levels = new ConcurrentHashMap<>();
    private Instant newest = Instant.EPOCH;
    private long revision = -1;
    private volatile List<Ranked> ranked = List.of();

    /** @param statistics what was written since a time; may throw {@link Unavailable} */
    public Popular(
            Catalogue catalogue, Function<Instant, List<ItemPopularity>> statistics, Duration halfLife, Clock clock) {
        this.catalogue = catalogue;
        this.statistics = statistics;
        this.halfLifeMillis = halfLife.toMillis();
        this.clock = clock;
    }

    /** Reads what is new and ranks anew if anything is. */
    @Override
    public void run() {
        boolean changed = false;
        try {
            for (ItemPopularity each : statistics.apply(newest.minus(OVERLAP))) {
                double level = level(each);
                changed |= !Double.valueOf(level).equals(levels.put(each.item(), level));
                newest = each.updatedAt().isAfter(newest) ? each.updatedAt() : newest;
            }
        } catch (Unavailable e) {
            LOG.debug("the popular list goes on with what is known", e);
        } catch (RuntimeException e) {
            LOG.warn("the statistics could not be read", e);
        }
        long now = catalogue.revision();
        if (changed || now != revision) {
            revision = now;
            ranked = catalogue
                    .visible()
                    .map(item -> new Ranked(item, levels.getOrDefault(item.id(), Double.NEGATIVE_INFINITY)))
                    .sorted(BEST_FIRST)
                    .toList();
        }
    }

    /** What is no popularity is none. */
    private double level(ItemPopularity each) {
        double level = Math.log(each.popularity()) / Math.log(2) + each.at().toEpochMilli() / halfLifeMillis;
        return Double.isNaN(level) ? Double.NEGATIVE_INFINITY : level;
    }

    private static float score(double level) {
        return (float) Math.min(Float.MAX_VALUE, Math.pow(2, level));
    }

    /** @return at most {@code count} that match and are wanted, the most popular first */
    public List<Recommended> list(Query query, int count, Predicate<ItemId> wanted) {
        double now = clock.millis() / halfLifeMillis;
        return ranked.stream()
                // As the catalogue is now: the ranking may be a moment old.
                .filter(each -> wanted.test(each.item().id())
                        && catalogue
                                .find(each.item().id())
                                .filter(query::matches)
                                .isPresent())
                .limit(count)
                .map(each -> new Recommended(each.item().id(), score(each.level() - now), "popular"))
                .toList();
    }
}
