package dev.milvuso.server.discover;

import dev.milvuso.config.FeaturesConfig;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.ItemPopularity;
import dev.milvuso.server.recommend.Visit;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is acted on more of late than it used to be, the largest {@link Rise} first. The sums come from the feature
 * worker's statistics, so that every instance says the same and a restart forgets nothing.
 */
public final class Trending implements CandidateSource, Runnable {
    public static final String NAME = "trending";

    /** A sum of late below this is forgotten: it rises no more. */
    private static final double LEAST = 0.01;

    /** Slots and how far they rise, the best first. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Ranked(int[] slots, float[] rises) {}

    private record Rising(int slot, double rise) {}

    private final Catalogue catalogue;
    private final Rise rise;
    private final Clock clock;
    private final Map<Integer, ItemPopularity> known = new HashMap<>();
    private volatile Ranked ranked = new Ranked(new int[0], new float[0]);

    Trending(Catalogue catalogue, Rise rise, Clock clock) {
        this.catalogue = catalogue;
        this.rise = rise;
        this.clock = clock;
    }

    /** @param config of the half-lives */
    public Trending(Catalogue catalogue, FeaturesConfig config, Clock clock) {
        this(catalogue, Rise.of(config.popularityHalfLife(), config.trendHalfLife()), clock);
    }

    /** Statistics that were read, and hands them on. */
    public synchronized List<ItemPopularity> read(List<ItemPopularity> statistics) {
        for (ItemPopularity each : statistics) {
            int slot = catalogue.slots().ofUnheardOf(each.item());
            if (slot != ItemSlots.NONE) {
                known.put(slot, each);
            }
        }
        return statistics;
    }

    /** Ranks anew. */
    @Override
    public synchronized void run() {
        long now = clock.millis();
        known.values().removeIf(each -> each.trend() * left(each, now) < LEAST);
        Rising[] rising = known.entrySet().stream()
                .map(each -> new Rising(each.getKey(), rise(each.getValue(), now)))
                .filter(each -> each.rise() > 0)
                .sorted((one, other) -> Double.compare(other.rise(), one.rise()))
                .toArray(Rising[]::new);
        int[] slots = Arrays.stream(rising).mapToInt(Rising::slot).toArray();
        float[] rises = new float[rising.length];
        for (int i = 0; i < rises.length; i++) {
            rises[i] = (float) Math.min(Float.MAX_VALUE, rising[i].rise());
        }
        ranked = new Ranked(slots, rises);
    }

    private double left(ItemPopularity each, long now) {
        return Math.pow(0.5, Math.max(0, now - each.at().toEpochMilli()) / rise.trend());
    }

    private double rise(ItemPopularity each, long now) {
        double age = Math.max(0, now - each.at().toEpochMilli());
        return rise.of(each.popularity(), each.trend(), age);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "acted on more of late than it used to be";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        Ranked all = ranked;
        int left = room;
        for (int i = 0; i < all.slots().length && left > 0; i++) {
            if (visit.fits().test(all.slots()[i]) && into.add(all.slots()[i], all.rises()[i], self)) {
                left--;
            }
        }
    }
}
