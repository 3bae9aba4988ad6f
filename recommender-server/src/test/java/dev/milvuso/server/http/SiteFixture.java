package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.component.Unavailable;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.discover.Latest;
import dev.milvuso.server.discover.SimilarItems;
import dev.milvuso.server.discover.TextIndex;
import dev.milvuso.server.discover.Trending;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.EmptyStore;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.rules.ItemFilters;
import dev.milvuso.server.rules.MemoryRules;
import dev.milvuso.server.rules.QueryFilter;
import dev.milvuso.server.rules.Rules;
import dev.milvuso.server.sync.ServedModel;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.server.users.Acted;
import dev.milvuso.server.users.SimilarUsers;
import dev.milvuso.server.users.UserProfile;
import dev.milvuso.server.users.UserRecord;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Rules, users and lists in memory. */
final class SiteFixture implements AutoCloseable {
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");

    private final Catalogue catalogue;
    private final Clock clock;
    private final ItemFilters filters = new ItemFilters();
    private final MemoryRules store = new MemoryRules();
    private final Rules rules;
    private final RecordCalls calls = new RecordCalls("postgres", "test-record", HttpFixture.TIME);
    private final ExecutorService batches = Executors.newSingleThreadExecutor();
    private final Bulkhead waits = Bulkhead.of(
            "milvus", 1, 10, new Breaker("milvus", Duration.ofSeconds(1), Clock.systemUTC(), () -> {}, Runnable::run));
    private @Nullable EventStreams streams;
    private final MemoryUserVectors vectors = new MemoryUserVectors(BoundedCache.Policy.TINYLFU, 100);

    SiteFixture(Catalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.rules = new Rules(store, catalogue, filters, clock, () -> {});
    }

    Rules rules() {
        return rules;
    }

    Site of(Lists lists, Popular popular, ServedModel model) {
        Latest latest = new Latest(catalogue, clock);
        TextIndex texts = new TextIndex(catalogue);
        StoredVectors stored = new StoredVectors(
                new SwitchedStore(),
                "test",
                Metric.INNER_PRODUCT,
                new Breaker("milvus", Duration.ofSeconds(1), clock, () -> {}, Runnable::run));
        return new Site(
                filters,
                new QueryFilter(catalogue),
                List.of(
                        popular,
                        latest,
                        new Trending(
                                catalogue,
                                ConfigLoader.load(Optional.empty(), Map.of(), List.of())
                                        .features(),
                                clock)),
                popular,
                new SimilarItems(catalogue, model, EmptyStore.beyond(waits, catalogue.slots()), 1),
                texts,
                store,
                rules,
                new KnownUser(),
                new SimilarUsers(model::version, vectors, stored, 1),
                calls,
                calls,
                user -> {},
                erasure -> {},
                streams(lists),
                batches);
    }

    private EventStreams streams(Lists lists) {
        EventStreams opened = new EventStreams(lists, 2);
        streams = opened;
        return opened;
    }

    @Override
    public void close() {
        if (streams != null) {
            streams.close();
        }
        calls.close();
        waits.close();
        batches.shutdownNow();
    }

    /** Knows one user, {@code known}; {@code away} cannot be asked for. */
    private record KnownUser() implements UserRecord {
        @Override
        public Optional<UserProfile> profile(UserId user) {
            if (user.value().equals("away")) {
                throw new Unavailable("postgres", "Connection to 10.1.2.3:5432 refused", null);
            }
            return user.value().equals("known")
                    ? Optional.of(new UserProfile(
                            2, 1, 1, THEN, THEN, List.of(new ItemId("i")), Map.of("c:novel", 1.0), THEN))
                    : Optional.empty();
        }

        @Override
        public List<Acted> history(UserId user, Optional<Acted> after, int limit) {
            return after.isPresent()
                    ? List.of()
                    : List.of(new Acted(new ItemId("i"), THEN, Optional.of("Rate"), OptionalDouble.of(4)));
        }

        @Override
        public List<UserId> page(Optional<UserId> after, int limit) {
            return after.isPresent() ? List.of() : List.of(new UserId("known"));
        }

        @Override
        public void erase(UserId user) {}

        @Override
        public List<UserId> withVectors(int limit) {
            return List.of();
        }

        @Override
        public void vectorsAreGone(UserId user) {}
    }
}
