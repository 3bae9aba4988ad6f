package dev.milvuso.server.ranking;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.config.RankingConfig;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.embedding.RankerWeights;
import dev.milvuso.ranker.Machine;
import dev.milvuso.ranker.Matching;
import dev.milvuso.server.discover.Latest;
import dev.milvuso.server.ranking.learned.Heat;
import dev.milvuso.server.ranking.learned.LearnedRanking;
import dev.milvuso.server.ranking.learned.LearnedWeights;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.EmptyStore;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.LeastCosine;
import dev.milvuso.server.recommend.PersonalItems;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Ranking;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.recommend.Visitors;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.taste.LatestTaste;
import dev.milvuso.server.taste.LinearForm;
import dev.milvuso.server.taste.ReactingVisitors;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.vector.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/** A whole recommender in memory, arranged by one configuration or another. */
final class WholeLists implements AutoCloseable {
    static final ModelVersion VERSION = new ModelVersion("v");
    static final int CATEGORIES = 7;

    final Shelf shelf;
    private final MemoryUserVectors users = new MemoryUserVectors(BoundedCache.Policy.LRU, 1000);
    final ServedModel model;
    final Bulkhead slow;
    final Popular popular;
    final Latest latest;
    private final LatestTaste taste;
    private long actions;

    /** @param items so many, and a user {@code u} whose taste is the first one's vector */
    WholeLists(int items) {
        shelf = new Shelf(9, items, CATEGORIES);
        Config config = ConfigLoader.defaults();
        taste = new LatestTaste(
                config.taste(),
                config.actions(),
                LinearForm.of(Metric.INNER_PRODUCT, Shelf.FACTORS + 1, "item"),
                1000,
                shelf.clock);
        model = new ServedModel(
                Shelf.FACTORS + 1,
                () -> new ItemIndex(
                        shelf.catalogue.slots(),
                        Metric.INNER_PRODUCT,
                        Shelf.FACTORS + 1,
                        1,
                        Runnable::run,
                        0,
                        slot -> 0),
                users,
                taste::learned);
        slow = Bulkhead.of(
                "postgres",
                2,
                10,
                new Breaker("postgres", Duration.ofSeconds(1), shelf.clock, () -> {}, Runnable::run));
        popular = new Popular(shelf.catalogue, since -> List.of(), Duration.ofDays(1), shelf.clock);
        latest = new Latest(shelf.catalogue, shelf.clock);
        model.apply(new Activation(VERSION, 1));
        for (int item = 0; item < items; item++) {
            model.apply(new Embedding(VERSION, Kind.ITEM, "i" + item, shelf.vectors[item], 0, 1, 1, 0));
        }
        user("u", 0);
        popular.run();
        latest.run();
        taste.refresh(model, shelf.catalogue.slots());
    }

    /** The user has done something, which their next list goes by. */
    void act(String user, String type, int item) {
        taste.acted(new Action(
                new EventId("e" + ++actions),
                new UserId(user),
                Shelf.id(item),
                type,
                shelf.clock.instant(),
                shelf.clock.instant(),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of()));
    }

    /** A user with the taste of an item's vector. */
    void user(String name, int item) {
        model.apply(new Embedding(VERSION, Kind.USER, name, shelf.vectors[item].clone(), 0, 1, 1, 0));
    }

    private Recommender recommender(RankingConfig config) {
        List<Pipeline.Share> sources = new ArrayList<>();
        sources.add(new Pipeline.Share(personal(), 1));
        CandidateSource newest = new Proposals(latest, model);
        double[] shares = {0, config.latestQuota()};
        if (config.latestQuota() > 0) {
            sources.add(new Pipeline.Share(newest, config.latestQuota()));
        }
        return recommender(sources, new Arrangement(config, shares, shelf.space()));
    }

    /**
     * With what users did last folded into their vectors, in the order of a ranker, with fresh items and those that
     * were not shown of late further up.
     *
     * @param pool candidates of each list
     */
    Recommender reacting(int pool, FinishedLists finished, String... settings) {
        RankingConfig config = Shelf.config(settings);
        Config all = ConfigLoader.defaults();
        LearnedRanking learned = new LearnedRanking(
                "on",
                new LearnedWeights(version -> Optional.of(weights())),
                version -> slot -> shelf.vectors[slot],
                new Heat(shelf.catalogue.slots(), all.features()),
                Metric.INNER_PRODUCT,
                Shelf.FACTORS,
                source -> source == 0,
                visit -> slot -> 0,
                shelf.clock);
        return recommender(
                new ReactingVisitors(
                        new LearnedVisitors(users, users, slow),
                        taste,
                        model,
                        shelf.catalogue.slots(),
                        EmptyStore.beyond(slow, shelf.catalogue.slots()),
                        (slot, version) -> null),
                List.of(new Pipeline.Share(personal(), 1)),
                List.of(
                        learned,
                        new Freshness(config.freshness(), config.freshnessHalfLife(), shelf.clock),
                        new Rotation(
                                config.rotation(),
                                config.rotationAfter(),
                                new Shown(BoundedCache.Policy.LRU, 1000, config.rotationWindow()),
                                shelf.clock)),
                new Arrangement(config, new double[] {0}, shelf.space()),
                finished,
                pool);
    }

    /** Some, of all features and their pairs. */
    private static RankerWeights weights() {
        float[] parameters = new float[Machine.length(Matching.SIZE, 2)];
        Random random = new Random(4);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian();
        }
        // What the features are divided by.
        Arrays.fill(parameters, 0, Matching.SIZE, 1);
        return new RankerWeights(VERSION, 1, 1, true, 9, 0.5f, 0.6f, Matching.NAMES, parameters);
    }

    private PersonalItems personal() {
        return new PersonalItems(
                model, EmptyStore.beyond(slow, shelf.catalogue.slots()), () -> true, new LeastCosine(model, -1));
    }

    Recommender recommender(List<Pipeline.Share> sources, Choice choice) {
        return recommender(
                sources,
                choice,
                new FinishedLists(BoundedCache.Policy.LRU, 100, Duration.ofHours(1), Duration.ZERO, shelf.clock));
    }

    Recommender recommender(List<Pipeline.Share> sources, Choice choice, FinishedLists finished) {
        Ranking byScore = (visit, candidates) -> candidates.sort(0, candidates.size());
        return recommender(new LearnedVisitors(users, users, slow), sources, List.of(byScore), choice, finished, 64);
    }

    private Recommender recommender(
            Visitors visitors,
            List<Pipeline.Share> sources,
            List<Ranking> rankings,
            Choice choice,
            FinishedLists finished,
            int pool) {
        return new Recommender(
                model,
                shelf.catalogue,
                new History(new SeenItems(BoundedCache.Policy.LRU, 100, user -> List.of()), slow),
                new Finished(finished, new NoLists(), slow, new SimpleMeterRegistry().counter("finished")),
                new Pipeline(visitors, List.of(), sources, popular, rankings, choice, pool),
                (what, task) -> {},
                Duration.ofMinutes(1),
                shelf.clock);
    }

    Recommendation list(String user, int count, OptionalDouble diversity, String... settings) {
        Query query = new Query(
                count, Set.of(), Set.of(), Optional.empty(), Set.of(), true, Optional.empty(), diversity, false);
        return recommender(Shelf.config(settings)).recommend(new UserId(user), query);
    }

    @Override
    public void close() {
        slow.close();
        model.close();
    }

    private record NoLists() implements SharedLists {
        @Override
        public Optional<Recommendation> find(UserId user, ModelVersion version, Query query) {
            return Optional.empty();
        }

        @Override
        public void put(UserId user, ModelVersion version, Query query, Recommendation list) {}

        @Override
        public void drop(UserId user) {}
    }
}
