package dev.milvuso.server.ranking;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/** Some items with random vectors and scores; the slot of item i is i, its category {@code c<i % categories>}. */
public final class Shelf {
    static final int FACTORS = 6;
    public static final UserId USER = new UserId("u");

    public final Catalogue catalogue = new Catalogue();
    public final ManualClock clock = new ManualClock();
    final float[][] vectors;
    final float[] scores;
    private long changes;
    private final Visits visits = new Visits(catalogue, Optional.of(new ModelVersion("v")));

    public Shelf(long seed, int items, int categories) {
        Random random = new Random(seed);
        vectors = new float[items][FACTORS + 1];
        scores = new float[items];
        for (int item = 0; item < items; item++) {
            for (int i = 0; i <= FACTORS; i++) {
                vectors[item][i] = (float) random.nextGaussian();
            }
            scores[item] = (float) random.nextGaussian();
            put(item, Optional.of("c" + item % categories), clock.instant());
        }
    }

    void put(int item, Optional<String> category, Instant createdAt) {
        catalogue.apply(List.of(new Change(
                id(item),
                ++changes,
                Optional.of(new Item(
                        id(item),
                        category,
                        List.of(),
                        0,
                        createdAt,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        false,
                        Optional.empty())))));
    }

    public static ItemId id(int item) {
        return new ItemId("i" + item);
    }

    ItemSpace space() {
        return new ItemSpace(version -> slot -> vectors[slot], FACTORS);
    }

    Visit visit(int count, OptionalDouble diversity) {
        return visit(Visitor.stranger(USER), count, diversity);
    }

    public Visit visit(Visitor visitor, int count, OptionalDouble diversity) {
        return visits.of(
                visitor,
                new Query(
                        count,
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Set.of(),
                        true,
                        Optional.empty(),
                        diversity,
                        false));
    }

    public Visit visit(Query query) {
        return visits.of(Visitor.stranger(USER), query);
    }

    /** All items, the best first, all of source 0. */
    public Candidates ranked() {
        Candidates candidates = new Candidates();
        for (int item = 0; item < scores.length; item++) {
            candidates.add(item, scores[item], 0);
        }
        candidates.sort(0, candidates.size());
        return candidates;
    }

    static RankingConfig config(String... settings) {
        Config config = ConfigLoader.load(Optional.empty(), Map.of(), List.of(settings));
        return config.ranking();
    }
}
