package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.StoreFixture;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.RandomFilters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random filters on random rows find the same on a server and embedded. */
abstract class FilterEquivalenceContract extends StoreFixture {
    private static final int ROWS = 300;
    private static final int FILTERS = 200;

    FilterEquivalenceContract() {
        super("filters");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 5})
    void bothStoresFindTheSame(long seed) {
        compare(seed, List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 6})
    void hostileTextsChangeNothing(long seed) {
        compare(seed, RandomFilters.HOSTILE);
    }

    private void compare(long seed, List<String> texts) {
        RandomFilters.Kinds kinds = RandomFilters.Kinds.of(store().features());
        RandomFilters random = new RandomFilters(seed, texts, kinds);
        CollectionSchema schema =
                RandomFilters.schema(name, new Field.Type.Text(can(Feature.SHORT_ARRAY_TEXTS) ? 100 : 65535), kinds);
        List<Entity> rows = random.rows(ROWS);
        try (VectorStore embedded = EmbeddedVectorStore.inMemory()) {
            for (VectorStore store : List.of(store(), embedded)) {
                store.create(schema);
                store.upsert(name, rows);
            }
            List<Filter> filters =
                    Stream.generate(() -> random.filter(2)).limit(FILTERS).toList();
            filters.parallelStream()
                    .forEach(filter -> assertThat(ids(store(), filter))
                            .as("seed %s: %s", seed, FilterText.of(filter))
                            .containsExactlyElementsOf(ids(embedded, filter)));
        }
    }

    private List<String> ids(VectorStore store, Filter filter) {
        return store.query(name, QueryRequest.where(filter).output(Output.KEY)).stream()
                .map(Entity::id)
                .toList();
    }
}
