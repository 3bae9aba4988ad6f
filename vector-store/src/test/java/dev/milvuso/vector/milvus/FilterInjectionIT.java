package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.Path;
import dev.milvuso.vector.QueryRequest;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.embedded.EmbeddedVectorStore;
import dev.milvuso.vector.filter.FilterText;
import dev.milvuso.vector.filter.RandomFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Hostile texts in every string position of every filter: another tenant's row is never given. */
final class FilterInjectionIT {
    private static final String CANARY = "-1";

    private final String name = "injection_" + UUID.randomUUID().toString().replace('-', '_');
    private final CollectionSchema schema = CollectionSchema.named(name)
            .key(KeyField.INTEGER)
            .vector("vector", 2, Metric.EUCLIDEAN)
            .field("tenant", Field.Type.TEXT)
            .field("text", Field.Type.TEXT)
            .field("texts", new Field.Type.Array(new Field.Type.Text(100), 2))
            .field("json", Field.Type.JSON)
            .dynamic()
            .build();

    private static List<Entity> rows() {
        List<Entity> rows = new ArrayList<>(List.of(row(-1, "theirs", "a")));
        for (int i = 0; i < RandomFilters.HOSTILE.size(); i++) {
            rows.add(row(i, "mine", RandomFilters.HOSTILE.get(i)));
        }
        return rows;
    }

    private static Entity row(long id, String tenant, String text) {
        return Entity.of(Id.of(id))
                .with("vector", Vector.of(1, 0))
                .withAll(Map.of(
                        "tenant",
                        tenant,
                        "text",
                        text,
                        "texts",
                        List.of("z", text),
                        "json",
                        Map.of("x", text),
                        "free",
                        text));
    }

    private static List<Filter> positions(String text) {
        List<Filter> positions = new ArrayList<>();
        for (Path path :
                List.of(Path.of("text"), Path.of("texts").at(1), Path.of("json").key("x"), Path.of("free"))) {
            positions.add(path.is(text));
            positions.add(path.isNot(text));
            positions.add(path.isIn(List.of(text, "nothing")));
            positions.add(path.between(text, text));
            positions.add(path.startsWith(text));
        }
        positions.add(Path.of("texts").containsAny(text));
        positions.add(Path.of("texts").containsAll("z", text));
        return positions;
    }

    @Test
    void nobodyGetsAnothersRow() {
        try (VectorStore milvus = new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
                VectorStore embedded = EmbeddedVectorStore.inMemory()) {
            try {
                for (VectorStore store : List.of(milvus, embedded)) {
                    store.create(schema);
                    store.insert(name, rows());
                }
                assertThat(found(milvus, Path.of("text").is("a"))).contains(CANARY);
                RandomFilters.HOSTILE.parallelStream()
                        .flatMap(text -> positions(text).stream())
                        .map(position -> Filter.and(Path.of("tenant").is("mine"), position))
                        .forEach(mine -> assertThat(found(milvus, mine))
                                .as(FilterText.of(mine))
                                .doesNotContain(CANARY)
                                .isEqualTo(found(embedded, mine)));
                for (VectorStore store : List.of(milvus, embedded)) {
                    SearchRequest search = SearchRequest.of(Vector.of(1, 0))
                            .filter(Path.of("tenant").is("mine"))
                            .filter(Path.of("text").is("\" or tenant == \"theirs"))
                            .build();
                    assertThat(store.search(name, search)).isEmpty();
                }
            } finally {
                milvus.drop(name);
            }
        }
    }

    private List<String> found(VectorStore store, Filter filter) {
        return store.query(name, QueryRequest.where(filter).output(Output.KEY)).stream()
                .map(Entity::id)
                .toList();
    }
}
