package dev.milvuso.vector.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Hit;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.SearchRequest;
import dev.milvuso.vector.Vector;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a server can have: collections of others, half made ones, indexes. */
@Execution(ExecutionMode.CONCURRENT)
final class MilvusCollectionsIT {
    private final String name = "it_" + UUID.randomUUID().toString().replace('-', '_');
    private final CollectionSchema schema = new CollectionSchema(name, 2, Metric.INNER_PRODUCT, List.of());
    private final List<MilvusVectorStore> opened = new ArrayList<>();

    private MilvusVectorStore store(String... settings) {
        List<String> all = new ArrayList<>(List.of("consistency_level=Strong"));
        all.addAll(List.of(settings));
        MilvusVectorStore store = new MilvusVectorStore(MilvusServer.shared().config(all.toArray(new String[0])));
        opened.add(store);
        return store;
    }

    /** What somebody else does, with the SDK alone. */
    private static void elsewhere(Consumer<MilvusClientV2> work) {
        MilvusClientV2 client = new MilvusClientV2(
                ConnectConfig.builder().uri(MilvusServer.shared().uri()).build());
        try {
            work.accept(client);
        } finally {
            client.close();
        }
    }

    @AfterEach
    void dropAndClose() {
        if (!opened.isEmpty()) {
            opened.get(0).drop(name);
        }
        opened.forEach(MilvusVectorStore::close);
    }

    private static Entity entity(String id, float... vector) {
        return new Entity(id, vector, Map.of());
    }

    @Test
    void aHalfMadeCollectionIsNotThereYetAndIsFinishedByTheNextWhoCreatesIt() {
        elsewhere(client -> {
            client.createCollection(CreateCollectionReq.builder()
                    .collectionName(name)
                    .collectionSchema(MilvusSchema.toMilvus(schema))
                    .build());
        });
        MilvusVectorStore store = store();
        assertThat(store.describe(name)).isEmpty();
        store.create(schema);
        store.upsert(name, List.of(entity("a", 1, 0)));
        assertThat(store.search(name, SearchRequest.nearest(new float[] {2, 0}, 1)))
                .containsExactly(new Hit("a", 2));
    }

    @Test
    void aReleasedCollectionIsLoadedByTheNextWhoCreatesIt() {
        MilvusVectorStore store = store();
        store.create(schema);
        store.upsert(name, List.of(entity("a", 1, 0)));
        elsewhere(client -> {
            client.releaseCollection(
                    ReleaseCollectionReq.builder().collectionName(name).build());
        });
        store.create(schema);
        assertThat(store.search(name, SearchRequest.nearest(new float[] {2, 0}, 1)))
                .containsExactly(new Hit("a", 2));
    }

    @Test
    void aCollectionOfSomebodyElseIsRefused() {
        elsewhere(client -> {
            CreateCollectionReq.CollectionSchema foreign =
                    CreateCollectionReq.CollectionSchema.builder().build();
            foreign.addField(AddFieldReq.builder()
                    .fieldName("id")
                    .dataType(DataType.Int64)
                    .isPrimaryKey(true)
                    .build());
            foreign.addField(AddFieldReq.builder()
                    .fieldName("vector")
                    .dataType(DataType.FloatVector)
                    .dimension(2)
                    .build());
            client.createCollection(CreateCollectionReq.builder()
                    .collectionName(name)
                    .collectionSchema(foreign)
                    .build());
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().create(schema))
                .withMessageContaining(name)
                .withMessageContaining("another schema: key is");
    }

    @Test
    void whatAnotherConnectionDroppedAndMadeAnewIsSeen() {
        MilvusVectorStore ours = store();
        MilvusVectorStore theirs = store();
        ours.create(schema);
        ours.upsert(name, List.of(entity("a", 1, 0)));
        theirs.drop(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ours.upsert(name, List.of(entity("a", 1, 0))))
                .withMessageContaining("there is no collection " + name);
        theirs.create(new CollectionSchema(name, 3, Metric.EUCLIDEAN, List.of()));
        ours.upsert(name, List.of(entity("b", 1, 0, 0)));
        assertThat(ours.search(name, SearchRequest.nearest(new float[] {1, 0, 0}, 5)))
                .containsExactly(new Hit("b", 0));
    }

    @Test
    void manyMayCreateTheSameAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                MilvusVectorStore store = store();
                calls.add(executor.submit(() -> store.create(schema)));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(store().describe(name)).contains(schema);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTOINDEX",
                "HNSW",
                "HNSW M=8 efConstruction=64",
                "IVF_FLAT nlist=16",
                "IVF_SQ8 nlist=16",
                "IVF_PQ nlist=16 m=1 nbits=8",
                "SCANN nlist=16",
                "DISKANN",
                "FLAT"
            })
    void everyIndexTypeCanBeChosenWithItsParameters(String type) {
        MilvusVectorStore store = store("index_type=" + type, "shards=2");
        store.create(schema);
        store.upsert(
                name,
                IntStream.range(0, 50).mapToObj(i -> entity("id" + i, i, 1)).toList());
        assertThat(store.search(name, SearchRequest.nearest(new float[] {1, 0}, 2)))
                .containsExactly(new Hit("id49", 49), new Hit("id48", 48));
        assertThat(store.describe(name)).contains(schema);
        assertThat(store.indexes(name).describe("vector").orElseThrow().spec()).isEqualTo(IndexSpec.ofLabel(type));
    }

    @Test
    void anIndexThatTheVectorsCannotHaveIsRefusedBeforeAnythingIsMade() {
        MilvusVectorStore store = store("index_type=IVF_PQ m=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.create(schema))
                .withMessageContaining("index parameter m is 3: must divide the dimension 2");
        assertThat(store.list()).doesNotContain(name);
    }

    /** This server would take it, count it, and find it by no search and no key. */
    @Test
    void theLargestKeyIsRefusedWhereItsRowWouldBeLost() {
        MilvusVectorStore store = store();
        store.create(CollectionSchema.named(name)
                .key(KeyField.INTEGER)
                .vector("vector", 2, Metric.EUCLIDEAN)
                .build());
        List<Entity> rows = List.of(
                Entity.of(Id.of(Long.MAX_VALUE - 1)).with("vector", Vector.of(1, 0)),
                Entity.of(Id.of(Long.MAX_VALUE)).with("vector", Vector.of(1, 0)));
        for (Runnable write : List.<Runnable>of(() -> store.insert(name, rows), () -> store.upsert(name, rows))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(write::run)
                    .withMessageMatching(
                            "key 9223372036854775807: Milvus v2.3.* never gives back a row with it: " + "must be less");
        }
        assertThat(store.count(name)).isZero();
        store.upsert(name, rows.subList(0, 1));
        assertThat(store.search(name, SearchRequest.nearest(new float[] {1, 0}, 5)))
                .extracting(Hit::id)
                .containsExactly("9223372036854775806");
    }
}
