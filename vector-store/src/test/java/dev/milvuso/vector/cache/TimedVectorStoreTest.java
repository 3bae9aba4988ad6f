package dev.milvuso.vector.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TimedVectorStoreTest {
    private final VectorStore store = EmbeddedVectorStore.inMemory();
    private final AtomicLong nanos = new AtomicLong();
    private long step;

    @BeforeEach
    void fill() {
        store.create(new CollectionSchema("items", 2, Metric.EUCLIDEAN, List.of(new Field("secret", Field.Type.TEXT))));
        store.insert(
                "items",
                List.of(
                        new Entity("a", new float[] {1, 1}, Map.of("secret", "x")),
                        new Entity("b", new float[] {1, 2}, Map.of("secret", "y"))));
    }

    private static SearchRequest request() {
        return SearchRequest.of(Vector.of(1, 1))
                .k(3)
                .filter(Filter.and(
                        Path.of("secret").is("x"), Filter.not(Path.of("secret").isIn(List.of("p", "q")))))
                .build();
    }

    private TimedVectorStore timed(SlowQueries slow) {
        return new TimedVectorStore(store, slow, () -> nanos.getAndAdd(step));
    }

    @Test
    void slowSearchesAreRememberedWithoutWhatWasSearchedFor() {
        SlowQueries slow = new SlowQueries(Duration.ofMillis(5), 2, () -> Instant.EPOCH);
        step = Duration.ofMillis(4).toNanos();
        timed(slow).search("items", request());
        assertThat(slow.latest()).isEmpty();
        step = Duration.ofMillis(7).toNanos();
        timed(slow).search("items", request());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timed(slow).search("none", SearchRequest.nearest(new float[] {1, 1}, 1)));
        assertThat(slow.latest())
                .containsExactly(
                        new SlowQueries.SlowQuery(
                                Instant.EPOCH,
                                "none",
                                "1 query, k 1",
                                Duration.ofMillis(7),
                                "IllegalArgumentException"),
                        new SlowQueries.SlowQuery(
                                Instant.EPOCH,
                                "items",
                                "1 query, k 3, filter (secret == ? and not secret in 2 values)",
                                Duration.ofMillis(7),
                                ""));
        timed(slow).search("items", request());
        assertThat(slow.latest()).hasSize(2).allMatch(query -> query.took().toMillis() == 7);
    }
}
