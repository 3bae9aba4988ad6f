package dev.milvuso.vector.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchParameters;
import dev.milvuso.vector.SearchProfile;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection whose index is a graph: what is kept of it, and what a search says of itself. */
final class EmbeddedGraphTest {
    private static final int ROWS = 3000;
    private static final int EXACT_BELOW = 100;
    private static final CollectionSchema SCHEMA = CollectionSchema.named("graph")
            .key(KeyField.INTEGER)
            .vector("vector", 16, Metric.COSINE)
            .field("group", Field.Type.INTEGER)
            .build();

    @TempDir
    Path folder;

    private static float[] vector(long key) {
        SplittableRandom random = new SplittableRandom(key);
        float[] vector = new float[16];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        return vector;
    }

    private static EmbeddedVectorStore filled(EmbeddedVectorStore store) {
        store.create(SCHEMA);
        store.upsert(
                "graph",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> Entity.of(Id.of((long) i))
                                .with("vector", Vector.of(vector(i)))
                                .with("group", (Object) (long) (i % 1000)))
                        .toList());
        store.indexes("graph").replace("vector", new IndexSpec.Hnsw(16, 100));
        store.indexes("graph").await("vector", Duration.ofMinutes(1));
        return store;
    }

    private static SearchRequest.Builder request() {
        return SearchRequest.of(Vector.of(vector(-1))).k(10);
    }

    private FileTime saved() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("indexes"))) {
            List<Path> saved =
                    files.filter(file -> file.toString().endsWith(".index")).toList();
            assertThat(saved).hasSize(1);
            return Files.getLastModifiedTime(saved.get(0));
        }
    }

    @Test
    void aGraphThatWasSavedIsThereAtOnceAndNotMadeAnew() throws IOException {
        List<Hit> before;
        try (EmbeddedVectorStore store = filled(EmbeddedVectorStore.in(folder, EXACT_BELOW))) {
            before = store.search("graph", request().build());
        }
        FileTime written = saved();
        try (EmbeddedVectorStore store = EmbeddedVectorStore.in(folder, EXACT_BELOW)) {
            IndexDescription now = store.indexes("graph").describe("vector").orElseThrow();
            assertThat(now.state()).isEqualTo(IndexDescription.State.READY);
            assertThat(now.structure()).contains("graph of 16 links").doesNotContain("rows on");
            assertThat(now.rowsIndexed()).isEqualTo(ROWS);
            assertThat(store.search("graph", request().build())).isEqualTo(before);
        }
        assertThat(saved()).isEqualTo(written);
    }

    @Test
    void aSearchSaysWhichWayItWentAndHowManyRowsItLookedAt() {
        try (EmbeddedVectorStore store = filled(EmbeddedVectorStore.inMemory(InstantSource.system(), EXACT_BELOW))) {
            SearchProfile walked = store.profile("graph", request().build()).orElseThrow();
            assertThat(walked.exact()).isFalse();
            assertThat(walked.why()).contains("graph");
            SearchProfile whole = store.profile(
                            "graph",
                            request()
                                    .parameters(SearchParameters.NONE.withRecall(1))
                                    .build())
                    .orElseThrow();
            assertThat(whole.exact()).isTrue();
            assertThat(whole.candidates()).isEqualTo(ROWS);
            SearchProfile few = store.profile(
                            "graph", request().filter(Filter.equal("group", 7L)).build())
                    .orElseThrow();
            assertThat(few.exact()).isTrue();
            assertThat(few.candidates()).isEqualTo(3);
            for (SearchProfile profile : List.of(walked, whole, few)) {
                assertThat(profile.stages()).containsOnlyKeys("filter", "index", "rows");
                assertThat(profile.stages().values()).allMatch(took -> !took.isNegative());
                assertThat(profile.stages().get("index")).isPositive();
            }
        }
    }
}
