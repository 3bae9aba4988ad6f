package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.RandomFilters;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random filters on random rows find the same on a real Milvus and embedded. */
@Execution(ExecutionMode.CONCURRENT)
final class FilterEquivalenceIT {
    private static final int ROWS = 300;
    private static final int FILTERS = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void bothStoresFindTheSame(long seed) {
        compare(new RandomFilters(seed, List.of()), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {3})
    void hostileTextsChangeNothing(long seed) {
        compare(new RandomFilters(seed, RandomFilters.HOSTILE), "seed " + seed);
    }

    private static void compare(RandomFilters random, String seed) {
        String name = "filters_" + UUID.randomUUID().toString().replace('-', '_');
        CollectionSchema schema = RandomFilters.schema(name);
        List<Entity> rows = random.rows(ROWS);
        try (VectorStore milvus = new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
                VectorStore embedded = EmbeddedVectorStore.inMemory()) {
            try {
                for (VectorStore store : List.of(milvus, embedded)) {
                    store.create(schema);
                    store.upsert(name, rows);
                }
                List<Filter> filters =
                        Stream.generate(() -> random.filter(2)).limit(FILTERS).toList();
                filters.parallelStream()
                        .forEach(filter -> assertThat(ids(milvus, name, filter))
                                .as("%s: %s", seed, FilterText.of(filter))
                                .isEqualTo(ids(embedded, name, filter)));
            } finally {
                milvus.drop(name);
            }
        }
    }

    private static List<String> ids(VectorStore store, String name, Filter filter) {
        return store.query(name, QueryRequest.where(filter).output(Output.KEY)).stream()
                .map(Entity::id)
                .toList();
    }
}
