package dev.milvuso.server.http;

import dev.milvuso.action.Action;
import dev.milvuso.action.Erasure;
import dev.milvuso.action.EventIds;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.ShownItems;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.item.Item;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.CatalogueStore;
import dev.milvuso.server.catalogue.CatalogueWriter;
import dev.milvuso.server.catalogue.Change;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.collections.StoreCalls;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Experiments;
import dev.milvuso.server.experiment.Ledger;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.experiment.OutcomeStore;
import dev.milvuso.server.experiment.Overrides;
import dev.milvuso.server.experiment.UserSums;
import dev.milvuso.server.experiment.VariantSample;
import dev.milvuso.server.experiment.Watch;
import dev.milvuso.server.guest.Guests;
import dev.milvuso.server.quality.ItemFacts;
import dev.milvuso.server.quality.Quality;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Choice;
import dev.milvuso.server.recommend.Finished;
import dev.milvuso.server.recommend.FinishedLists;
import dev.milvuso.server.recommend.History;
import dev.milvuso.server.recommend.LearnedVisitors;
import dev.milvuso.server.recommend.Pipeline;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommender;
import dev.milvuso.server.recommend.SeenItems;
import dev.milvuso.server.recommend.SharedLists;
import dev.milvuso.server.rules.Pins;
import dev.milvuso.server.rules.QueryFilter;
import dev.milvuso.server.rules.RuleRanking;
import dev.milvuso.server.rules.RuleRestriction;
import dev.milvuso.server.rules.RuledChoice;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.ItemIndex;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.cache.SlowQueries;
import dev.milvuso.vector.cache.TimedVectorStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All routes on a port, with a log and a catalogue's record that are in memory. No other server is needed. */
final class HttpFixture implements AutoCloseable {
    static final int MAX_BODY = 100_000;

    /** Nothing here is slow; a busy machine may be. */
    static final Duration TIME = Duration.ofMinutes(1);

    final List<Action> accepted = new CopyOnWriteArrayList<>();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Routes routes;
    private final Bulkhead slow = Bulkhead.of(
            "postgres",
            2,
            10,
            new Breaker("postgres", Duration.ofSeconds(1), Clock.systemUTC(), () -> {}, Runnable::run));
    private final CatalogueWriter writer;
    private final SiteFixture site;
    private final StoreCalls calls;
    private final Guests guests;
    private final RecordCalls experimentCalls = new RecordCalls("postgres", "experiments", TIME);
    private final HttpServer server;

    HttpFixture() {
        this(new SwitchedStore());
    }

    /** @param store stays the caller's */
    HttpFixture(VectorStore store, String... settings) {
        Config config = ConfigLoader.load(
                Optional.empty(),
                Map.of(),
                Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "server.max_body_bytes=" + MAX_BODY,
                                        "milvus.dimension=2",
                                        "recommendation.embedding_dim=2"),
                                Stream.of(settings))
                        .toList());
        Clock clock = Clock.systemUTC();
        SlowQueries slowQueries = new SlowQueries(config.server().slowSearch(), 2, clock);
        calls = new StoreCalls(
                new TimedVectorStore(store, slowQueries, System::nanoTime),
                config.server().collectionsDeadline());
        Catalogue catalogue = new Catalogue();
        site = new SiteFixture(catalogue, clock);
        MemoryUserVectors memory = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);
        Popular popular = new Popular(catalogue, since -> List.of(), Duration.ofDays(1), clock);
        ServedModel model = new ServedModel(
                2,
                () -> new ItemIndex(catalogue.slots(), Metric.INNER_PRODUCT, 2, 1, Runnable::run, 0, slot -> 0),
                memory,
                embedding -> {});
        Recommender recommender = new Recommender(
                model,
                catalogue,
                new History(new SeenItems(BoundedCache.Policy.TINYLFU, 100, user -> List.of()), slow),
                new Finished(
                        new FinishedLists(
                                BoundedCache.Policy.TINYLFU, 100, Duration.ofMinutes(1), Duration.ZERO, clock),
                        new NoLists(),
                        slow,
                        metrics.counter("finished")),
                new Pipeline(
                        new LearnedVisitors(memory, memory, slow),
                        List.of(new QueryFilter(catalogue), new RuleRestriction(site.rules())),
                        List.of(new Pipeline.Share(new Pins(), 1)),
                        popular,
                        List.of(new RuleRanking(site.rules())),
                        new RuledChoice(site.rules(), Choice.BEST, 0),
                        0),
                (what, task) -> {},
                TIME,
                clock);
        writer = new CatalogueWriter(new MemoryRecord(new AtomicLong(), new ConcurrentHashMap<>()), catalogue, TIME);
        guests = new Guests(user -> List.of(), new MemoryLog(accepted), action -> {}, user -> {}, clock);
        MemoryExperiments stored = new MemoryExperiments();
        Experiments running = new Experiments(stored);
        ExperimentRoutes experiments = new ExperimentRoutes(
                stored,
                running,
                new Watch(stored, new NoOutcomes(), running, Duration.ZERO, clock),
                experimentCalls,
                new Overrides(config, key -> key.startsWith("recommendation.")));
        Lists lists = new Lists(running, overrides -> recommender, 0, 10, new Random(2));
        routes = new Routes(
                config,
                new MemoryLog(accepted),
                action -> {},
                list -> {},
                writer,
                catalogue,
                recommender,
                site.of(lists, popular, model),
                new EventIds(clock, new Random(1)),
                calls,
                slowQueries::latest,
                new Quality(config, "test", new NoFacts(), () -> true, List.of(), clock, metrics),
                guests,
                experiments,
                lists,
                new Ledger(new NoOutcomes(), running, "test", () -> true),
                "test",
                () -> Map.of("kafka", "UP"),
                () -> true,
                Optional::empty,
                clock,
                metrics);
        server = new HttpServer(config.server(), routes, metrics);
        server.start();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        site.close();
        server.close();
        slow.close();
        writer.close();
        calls.close();
        guests.close();
        experimentCalls.close();
    }

    private record NoOutcomes() implements OutcomeStore {
        @Override
        public void add(Collection<UserSums> sums) {}

        @Override
        public List<VariantSample> samples(Definition definition, Instant until) {
            return List.of();
        }
    }

    private record NoFacts() implements ItemFacts {
        @Override
        public double surprise(ItemId item) {
            return 0;
        }

        @Override
        public double distance(ShownItems items, int k) {
            return 0;
        }

        @Override
        public int catalogue() {
            return 0;
        }
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

    private record MemoryLog(List<Action> accepted) implements ActionLog {
        @Override
        public CompletableFuture<Void> append(List<Action> actions) {
            accepted.addAll(actions);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> append(Erasure erasure) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void offer(ServedList list) {}

        @Override
        public void close() {}
    }

    /** Knows what was put, and deletes nothing; {@code away} cannot be reached. */
    private record MemoryRecord(AtomicLong numbers, Map<ItemId, Item> items) implements CatalogueStore {
        @Override
        public Written put(List<Item> all) {
            List<Change> changes = new ArrayList<>();
            all.forEach(item -> changes.add(put(item)));
            return new Written(changes, changes.size());
        }

        private Change put(Item item) {
            items.put(item.id(), item);
            return new Change(item.id(), numbers.incrementAndGet(), Optional.of(item));
        }

        @Override
        public Optional<Change> patch(ItemId id, UnaryOperator<Item> change) {
            return Optional.ofNullable(items.get(id)).map(change).map(this::put);
        }

        @Override
        public Optional<Change> delete(ItemId id) {
            if (id.value().equals("away")) {
                throw new Unavailable("postgres", "Connection to 10.1.2.3:5432 refused", null);
            }
            return Optional.empty();
        }

        @Override
        public List<Change> changesAfter(long number, int limit) {
            return List.of();
        }
    }
}
