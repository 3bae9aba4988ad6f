package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.milvuso.component.Unavailable;
import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes as only a server has them. */
@Execution(ExecutionMode.CONCURRENT)
final class MilvusIndexesIT {
    private final String name = "it_" + UUID.randomUUID().toString().replace('-', '_');
    private final VectorStore store = open();

    private static MilvusVectorStore open() {
        return new MilvusVectorStore(MilvusServer.shared().config("consistency_level=Strong"));
    }

    @AfterEach
    void dropAndClose() {
        store.drop(name);
        store.close();
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aVectorKeepsItsMetricWithoutAnIndexAndForOthersToo(Metric metric) {
        store.create(new CollectionSchema(name, 2, metric, List.of()));
        store.upsert(name, List.of(new Entity("a", new float[] {3, 4}, Map.of())));
        store.indexes(name).drop("vector");
        try (VectorStore other = open()) {
            other.indexes(name).create("vector", new IndexSpec.Hnsw(4, 16));
            other.load(name);
            assertThat(other.describe(name)).contains(new CollectionSchema(name, 2, metric, List.of()));
            assertThat(other.indexes(name).list())
                    .allSatisfy(index -> assertThat(index.metric()).contains(metric.name()));
            assertThat(other.search(name, SearchRequest.nearest(new float[] {3, 4}, 1)))
                    .hasSize(1);
        }
    }

    @Test
    void vectorsOfBitsHaveListsOfTheirOwn() {
        store.create(CollectionSchema.named(name)
                .vector("bits", new VectorField.Type.Binary(16, BinaryMetric.HAMMING))
                .build());
        Indexes indexes = store.indexes(name);
        assertThat(indexes.describe("bits").map(IndexDescription::spec)).contains(new IndexSpec.Flat());
        indexes.replace("bits", new IndexSpec.IvfFlat(8));
        IndexDescription now = indexes.await("bits", Duration.ofMinutes(1));
        assertThat(now.spec()).isEqualTo(new IndexSpec.IvfFlat(8));
        assertThat(now.structure()).isEqualTo("Milvus's BIN_IVF_FLAT");
        assertThat(now.metric()).contains("HAMMING");
    }

    @Test
    void rowsThatAreThereAreBuiltIn() {
        Indexes indexes = filled();
        indexes.replace("vector", new IndexSpec.Hnsw(8, 50));
        assertThat(indexes.await("vector", Duration.ofMinutes(1)).rowsIndexed()).isEqualTo(3000);
    }

    /** The server of the Python package takes the order and never carries it out: DiskANN is not built into it. */
    @Test
    void anIndexThatIsNotReadyInTimeSaysHowManyRowsAreLeft() {
        Indexes indexes = filled();
        indexes.replace("vector", new IndexSpec.DiskAnn());
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> indexes.await("vector", Duration.ofSeconds(1)))
                .withMessage("the index of field vector was not ready after 1000 ms: 3000 rows are left");
        assertThat(store.search(name, SearchRequest.nearest(new float[8], 5))).hasSize(5);
    }

    private Indexes filled() {
        store.create(new CollectionSchema(name, 8, Metric.EUCLIDEAN, List.of()));
        Random random = new Random(3);
        store.upsert(
                name,
                IntStream.range(0, 3000)
                        .mapToObj(i -> new Entity("id" + i, vector(random), Map.of()))
                        .toList());
        return store.indexes(name);
    }

    private static float[] vector(Random random) {
        float[] vector = new float[8];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void anIndexThatThisServerDoesNotHaveIsNamed() {
        store.create(new CollectionSchema(name, 2, Metric.EUCLIDEAN, List.of(new Field("year", Field.Type.INTEGER))));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> store.indexes(name).create("year", new IndexSpec.Inverted()))
                .withMessageMatching("Milvus v2.3.* does not offer inverted indexes of scalar fields");
    }
}
