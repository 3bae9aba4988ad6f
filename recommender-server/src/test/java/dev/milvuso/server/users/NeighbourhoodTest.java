package dev.milvuso.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.UserId;
import dev.milvuso.config.Config;
import dev.milvuso.config.ConfigLoader;
import dev.milvuso.embedding.ModelVersion;
import dev.milvuso.server.ManualClock;
import dev.milvuso.server.catalogue.Catalogue;
import dev.milvuso.server.ranking.LikedByNeighbours.Neighbour;
import dev.milvuso.server.recommend.Bulkhead;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Visit;
import dev.milvuso.server.recommend.Visitor;
import dev.milvuso.server.recommend.Visits;
import dev.milvuso.server.tier.Breaker;
import dev.milvuso.server.tier.memory.BoundedCache;
import dev.milvuso.server.tier.memory.MemoryUserVectors;
import dev.milvuso.server.tier.vector.StoredVectors;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SwitchedStore;
import dev.milvuso.vector.learned.LearnedCollections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users in an embedded vector store. */
class NeighbourhoodTest {
    private static final ModelVersion VERSION = new ModelVersion("v1");
    private static final UserId USER = new UserId("u");

    private final SwitchedStore store = new SwitchedStore();
    private final Breaker breaker =
            new Breaker("milvus", Duration.ofSeconds(1), new ManualClock(), () -> {}, Runnable::run);
    private final Bulkhead bulkhead = Bulkhead.of("milvus", 1, 10, breaker);
    private final Neighbourhood neighbourhood = new Neighbourhood(
            new SimilarUsers(
                    () -> Optional.of(VERSION),
                    new MemoryUserVectors(BoundedCache.Policy.LRU, 10),
                    new StoredVectors(store, "test", Metric.INNER_PRODUCT, breaker),
                    1),
            bulkhead,
            10);

    NeighbourhoodTest() {
        Config config = ConfigLoader.load(
                Optional.empty(), Map.of(), List.of("milvus.dimension=3", "recommendation.embedding_dim=3"));
        store.create(LearnedCollections.schema(config, "test_users"));
        put("u", 1, 0, 1);
        put("near", 2, 0.2f, 1);
        put("far", 1, 3, 1);
        put("against", -1, 0, 1);
        store.upsert("test_users", List.of(row("old", "v0", 1, 0, 1)));
    }

    @AfterEach
    void close() {
        bulkhead.close();
        store.close();
    }

    private void put(String user, float... vector) {
        store.upsert("test_users", List.of(row(user, VERSION.value(), vector)));
    }

    private static Entity row(String user, String version, float... vector) {
        return new Entity(
                user,
                vector,
                Map.of(LearnedCollections.VERSION, version, LearnedCollections.EPOCH, 1L, LearnedCollections.STEP, 1L));
    }

    private static Visit visit(Visitor visitor) {
        return new Visits(new Catalogue(), Optional.of(VERSION)).of(visitor, Query.of(10));
    }

    private List<String> names(List<Neighbour> neighbours) {
        return neighbours.stream().map(each -> each.user().value()).toList();
    }

    @Test
    void othersWhoseTasteIsAlikeTheMostAlikeFirst() {
        List<Neighbour> found = neighbourhood.of(visit(Visitor.of(USER, new float[] {1, 0, 1}, "memory")));
        assertThat(names(found)).containsExactly("near", "far");
        assertThat(found.get(1).likeness()).isCloseTo(1 / Math.sqrt(10), within(1e-5));
        assertThat(neighbourhood.of(visit(Visitor.stranger(USER)))).isEmpty();
    }

    @Test
    void theyAreRememberedForAWhile() {
        Visit visit = visit(Visitor.of(USER, new float[] {1, 0, 1}, "memory"));
        List<Neighbour> found = neighbourhood.of(visit);
        store.goAway();
        assertThat(neighbourhood.of(visit)).isEqualTo(found);
        assertThat(neighbourhood.of(visit(Visitor.of(new UserId("w"), new float[] {1, 0, 1}, "memory"))))
                .as("somebody else, while the store is away")
                .isEmpty();
    }
}
