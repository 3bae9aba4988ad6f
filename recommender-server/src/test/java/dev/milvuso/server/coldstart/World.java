package dev.milvuso.server.coldstart;

import dev.milvuso.action.Action;
import dev.milvuso.action.EventId;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.Activation;
import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.recommend.BeyondMemory;
import dev.milvuso.server.recommend.Bulkhead;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A whole recommender in memory over items of four kinds, users of each kind, and the parts for what is new. */
final class World implements AutoCloseable {
    static final int KINDS = 4;
    static final int ITEMS = 30;
    private static final int DIMENSION = 16;
    static final ModelVersion VERSION = new ModelVersion("v1");

    final ManualClock clock = new ManualClock();
    final Catalogue catalogue = new Catalogue();
    final Evidence evidence = new Evidence();
    final LatestTaste taste;
    final ColdShelf shelf;
    final NewsOfItems news;
    final Recommender recommender;
    private final FinishedLists lists;
    private final SeenItems seen = new SeenItems(BoundedCache.Policy.TINYLFU, 1000, user -> List.of());
    private final MemoryUserVectors users = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 1000);
    private final ServedModel model;
    private final Bulkhead slow;
    private final float[][] centres = new float[KINDS][DIMENSION];
    private final SplittableRandom random = new SplittableRandom(11);
    private long changes;
    private long step;

    World(String... settings) {
        Config config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(
                                Stream.of("milvus.dimension=" + DIMENSION, "recommendation.embedding_dim=" + DIMENSION),
                                Stream.of(settings))
                        .toList());
        slow = Bulkhead.of(
                "postgres", 2, 10, new Breaker("postgres", Duration.ofSeconds(1), clock, () -> {}, Runnable::run));
        lists = new FinishedLists(BoundedCache.Policy.TINYLFU, 1000, Duration.ofHours(1), Duration.ZERO, clock);
        model = new ServedModel(
                DIMENSION,
                () -> new ItemIndex(catalogue.slots(), Metric.INNER_PRODUCT, DIMENSION, 1, Runnable::run, 0, slot -> 0),
                users,
                this::learned);
        taste = new LatestTaste(
                config.taste(), config.actions(), LinearForm.of(Metric.INNER_PRODUCT, DIMENSION, "item"), 1000, clock);
        shelf = new ColdShelf(config.coldstart(), model, catalogue, evidence, clock);
        LeastCosine least = new LeastCosine(model, config.recommendation().similarityThreshold());
        BeyondMemory beyond = EmptyStore.beyond(slow, catalogue.slots());
        Visitors visitors = new ReactingVisitors(
                new LearnedVisitors(users, users, slow), taste, model, catalogue.slots(), beyond, shelf::vector);
        news = new NewsOfItems(config.coldstart(), shelf, model, catalogue.slots(), visitors, taste, 0);
        Popular popular = new Popular(catalogue, since -> List.of(), Duration.ofDays(1), clock);
        recommender = new Recommender(
                model,
                catalogue,
                new History(seen, slow),
                new Finished(lists, new NoLists(), slow, new SimpleMeterRegistry().counter("finished")),
                new Pipeline(
                        visitors,
                        List.of(news),
                        List.of(
                                new Pipeline.Share(new NewItems(model, shelf, least), 1),
                                new Pipeline.Share(new PersonalItems(model, beyond, () -> true, least), 1)),
                        popular,
                        List.of(new Exploration(config.coldstart(), shelf, taste, () -> random)),
                        Choice.BEST,
                        64),
                (what, task) -> {},
                Duration.ofMinutes(1),
                clock);
        fill();
        popular.run();
        refresh();
    }

    private void fill() {
        model.apply(new Activation(VERSION, 1));
        for (int kind = 0; kind < KINDS; kind++) {
            centres[kind] = gaussian(1);
            for (int i = 0; i < ITEMS; i++) {
                post(id(kind, i), kind);
                learn(id(kind, i), near(kind));
                evidence.stored(catalogue.slots().of(id(kind, i)), 100, 1000, 50);
            }
        }
    }

    static ItemId id(int kind, int number) {
        return new ItemId("item-" + kind + "-" + number);
    }

    private float[] gaussian(double deviation) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION - 1; i++) {
            vector[i] = (float) (deviation * random.nextGaussian());
        }
        return vector;
    }

    /** A vector of the kind. */
    float[] near(int kind) {
        float[] vector = gaussian(0.3);
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] += centres[kind][i];
        }
        return vector;
    }

    void post(ItemId id, int kind) {
        clock.goOn(Duration.ofMillis(1));
        Item item = new Item(
                id,
                Optional.of("kind-" + kind),
                List.of(),
                0,
                clock.instant(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty());
        catalogue.apply(List.of(new Change(id, ++changes, Optional.of(item))));
    }

    void learn(ItemId id, float[] vector) {
        model.apply(new Embedding(VERSION, Kind.ITEM, id.value(), vector, 0, 1, ++step, 0));
    }

    /** A user of the kind, whom the trainer has learned. */
    UserId user(String name, int kind) {
        float[] vector = near(kind);
        vector[DIMENSION - 1] = 1;
        model.apply(new Embedding(VERSION, Kind.USER, name, vector, 0, 1, ++step, clock.millis()));
        return new UserId(name);
    }

    private void learned(Embedding user) {
        taste.learned(user);
        lists.invalidate(new UserId(user.id()));
    }

    void act(UserId user, ItemId item, String type) {
        Action action = new Action(
                new EventId("e" + ++step),
                user,
                item,
                type,
                clock.instant(),
                clock.instant(),
                Optional.empty(),
                OptionalDouble.empty(),
                Map.of());
        seen.add(user, item);
        taste.acted(action);
        lists.invalidate(user);
        evidence.addAction(catalogue.slots().of(item), true);
    }

    /** What runs again and again in the background has run. */
    void refresh() {
        clock.goOn(Duration.ofMillis(250));
        taste.refresh(model, catalogue.slots());
        shelf.run();
    }

    Recommendation list(UserId user) {
        clock.goOn(Duration.ofMillis(1));
        return recommender.recommend(user, Query.of(10));
    }

    static long ofKind(Recommendation list, int kind) {
        return list.items().stream()
                .filter(each -> each.item().value().startsWith("item-" + kind + "-"))
                .count();
    }

    static boolean holds(Recommendation list, ItemId item) {
        return list.items().stream().anyMatch(each -> each.item().equals(item));
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
