package dev.milvuso.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void anExplanationSaysWhatTheFilterLeavesAndWhatTookHowLong() {
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
            store.create(
                    new CollectionSchema("items", 2, Metric.EUCLIDEAN, List.of(new Field("kind", Field.Type.TEXT))));
            store.insert(
                    "items",
                    List.of(
                            new Entity("a", new float[] {1, 1}, Map.of("kind", "x")),
                            new Entity("b", new float[] {1, 2}, Map.of("kind", "y"))));
            SearchRequest request = SearchRequest.of(Vector.of(1, 1))
                    .filter(Path.of("kind").is("x"))
                    .build();
            Explanation explanation = new Explainer(store, () -> nanos.getAndAdd(1000)).explain("items", request);
            assertThat(explanation.rows()).isEqualTo(2);
            assertThat(explanation.candidates()).isEqualTo(1);
            assertThat(explanation.selectivity()).isEqualTo(0.5);
            assertThat(explanation.vectorField()).isEqualTo("vector");
            assertThat(explanation.fromCache()).isFalse();
            assertThat(explanation.stages().keySet()).containsExactly("describe", "count", "filter", "search");
            assertThat(explanation.stages().values()).containsOnly(Duration.ofNanos(1000));
            assertThat(explanation.hits()).isEqualTo(store.searchAll("items", request));
        }
    }
}
