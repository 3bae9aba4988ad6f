package dev.milvuso.vector.milvus;

import dev.milvuso.config.ConfigException;
import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.CollectionCheck;
import dev.milvuso.vector.check.IndexCheck;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.index.request.ListIndexesReq;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import io.milvus.v2.service.partition.request.LoadPartitionsReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and describes collections. Making one takes several calls (collection, an index for each vector, load), each of
 * which may be repeated, so that what a crash left half made is finished by the next one who asks for it.
 */
final class MilvusCollections {
    /** What a server may take to bring a collection into memory. */
    private static final Duration LOADING = Duration.ofMinutes(1);

    /** Each fails only if yet another collection is dropped in the middle of it. */
    private static final int LIST_ATTEMPTS = 5;

    private final MilvusConfig config;
    private final IndexSpec index;

    /** @throws ConfigException if there is no such index to make */
    MilvusCollections(MilvusConfig config) {
        this.config = config;
        this.index = index(config.indexType());
    }

    private static IndexSpec index(String label) {
        try {
            return IndexSpec.ofLabel(label);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("milvus.index_type is '" + label + "': " + e.getMessage());
        }
    }

    /** Of a dense vector; of the others there is one kind that is exact. */
    private IndexSpec index(VectorField vector) {
        if (vector.type() instanceof VectorField.Type.Dense) {
            return index;
        }
        return vector.type() instanceof VectorField.Type.Binary
                ? new IndexSpec.Flat()
                : new IndexSpec.SparseInverted(0);
    }

    /** @throws IllegalArgumentException if there is one of another schema */
    void create(MilvusClientV2 client, CollectionSchema schema) {
        if (!isThere(client, schema.name())) {
            schema.vectors().forEach(vector -> IndexCheck.check(schema, vector.name(), index(vector)));
            createCollection(client, schema);
        }
        DescribeCollectionResp described = describe(client, schema.name());
        Map<String, DescribeIndexResp.IndexDesc> indexes = indexes(client, schema.name(), described);
        Map<String, IndexParam.MetricType> metrics = new HashMap<>();
        schema.vectors().forEach(vector -> metrics.put(vector.name(), MilvusSchema.metric(vector.type())));
        indexes.forEach((field, index) -> metrics.put(field, index.getMetricType()));
        List<String> differences =
                MilvusSchema.fromMilvus(schema.name(), described, metrics).differences(schema);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "collection " + schema.name() + " is there with another schema: " + String.join("; ", differences));
        }
        for (VectorField vector : schema.vectors()) {
            if (!indexes.containsKey(vector.name())) {
                client.createIndex(CreateIndexReq.builder()
                        .collectionName(schema.name())
                        .indexParams(List.of(MilvusIndexSpecs.toMilvus(vector, index(vector))))
                        .sync(false)
                        .build());
            }
        }
        loadIfReleased(client, schema.name());
    }

    private void createCollection(MilvusClientV2 client, CollectionSchema schema) {
        try {
            client.createCollection(CreateCollectionReq.builder()
                    .collectionName(schema.name())
                    .collectionSchema(MilvusSchema.toMilvus(schema))
                    .properties(MilvusSchema.properties(schema))
                    .numShards(config.shards())
                    .build());
        } catch (MilvusClientException e) {
            // Another process may have been quicker; whether it made the same is seen by whoever called this.
            if (!isThere(client, schema.name())) {
                throw e;
            }
        }
    }

    void loadIfReleased(MilvusClientV2 client, String name) {
        if (!isLoaded(client, name)) {
            load(client, name);
        }
    }

    /** All of it. */
    void load(MilvusClientV2 client, String name) {
        client.loadCollection(LoadCollectionReq.builder()
                .collectionName(name)
                .numReplicas(config.replicas())
                .timeout(loadingMillis())
                .build());
    }

    void load(MilvusClientV2 client, String name, Set<String> partitions) {
        client.loadPartitions(LoadPartitionsReq.builder()
                .collectionName(name)
                .partitionNames(List.copyOf(partitions))
                .numReplicas(config.replicas())
                .timeout(loadingMillis())
                .build());
    }

    private long loadingMillis() {
        return Math.max(LOADING.toMillis(), config.callTimeout().toMillis());
    }

    static boolean isLoaded(MilvusClientV2 client, String name) {
        return client.getLoadState(
                GetLoadStateReq.builder().collectionName(name).build());
    }

    /** @return nothing also for a collection that lacks an index yet: it is not finished */
    Optional<Known> known(MilvusClientV2 client, String name, boolean lite) {
        if (!isThere(client, name)) {
            return Optional.empty();
        }
        DescribeCollectionResp described = describe(client, name);
        Map<String, DescribeIndexResp.IndexDesc> indexes = indexes(client, name, described);
        if (!indexes.keySet().containsAll(described.getVectorFieldNames())) {
            return Optional.empty();
        }
        Map<String, IndexParam.MetricType> metrics = new HashMap<>();
        Map<String, IndexParam.IndexType> types = new HashMap<>();
        indexes.forEach((field, index) -> {
            metrics.put(field, index.getMetricType());
            // One that this SDK does not know has no parameters that we could give it.
            types.put(field, Objects.requireNonNullElse(index.getIndexType(), IndexParam.IndexType.None));
        });
        return Optional.of(Known.of(MilvusSchema.fromMilvus(real(client, name), described, metrics), types, lite));
    }

    /** Also of a collection that lacks an index, if it says its metrics itself. */
    Optional<CollectionSchema> schema(MilvusClientV2 client, String name) {
        if (!isThere(client, name)) {
            return Optional.empty();
        }
        String real = real(client, name);
        DescribeCollectionResp described = describe(client, real);
        Map<String, IndexParam.MetricType> metrics = MilvusSchema.metrics(described);
        indexes(client, real, described).forEach((field, index) -> metrics.put(field, index.getMetricType()));
        return Optional.of(MilvusSchema.fromMilvus(real, described, metrics));
    }

    /** Names of all fields that may have an index. */
    List<String> fields(MilvusClientV2 client, String name) {
        return describe(client, name).getFieldNames();
    }

    /** Of all collections. Milvus Lite cannot list them while one is dropped, and is asked again. */
    static List<String> names(MilvusClientV2 client) {
        for (int attempt = 1; ; attempt++) {
            try {
                return client.listCollections().getCollectionNames();
            } catch (MilvusClientException e) {
                if (attempt == LIST_ATTEMPTS || !String.valueOf(e.getMessage()).contains("does not exist")) {
                    throw e;
                }
            }
        }
    }

    /**
     * Milvus describes an alias under the alias's own name.
     *
     * @param name of a collection or alias that is there
     */
    String real(MilvusClientV2 client, String name) {
        return names(client).contains(name)
                ? name
                : client.describeAlias(DescribeAliasReq.builder()
                                .databaseName(config.database())
                                .alias(name)
                                .build())
                        .getCollectionName();
    }

    static boolean isThere(MilvusClientV2 client, String name) {
        return client.hasCollection(
                HasCollectionReq.builder().collectionName(name).build());
    }

    private static DescribeCollectionResp describe(MilvusClientV2 client, String name) {
        return client.describeCollection(
                DescribeCollectionReq.builder().collectionName(name).build());
    }

    private static Map<String, DescribeIndexResp.IndexDesc> indexes(
            MilvusClientV2 client, String name, DescribeCollectionResp described) {
        Map<String, DescribeIndexResp.IndexDesc> indexes = new HashMap<>();
        List<String> there =
                client.listIndexes(ListIndexesReq.builder().collectionName(name).build());
        if (there.isEmpty()) {
            return indexes;
        }
        for (String field : described.getVectorFieldNames()) {
            boolean has = !client.listIndexes(ListIndexesReq.builder()
                            .collectionName(name)
                            .fieldName(field)
                            .build())
                    .isEmpty();
            if (has) {
                indexes.put(
                        field,
                        client.describeIndex(DescribeIndexReq.builder()
                                        .collectionName(name)
                                        .fieldName(field)
                                        .build())
                                .getIndexDescByFieldName(field));
            }
        }
        return indexes;
    }

    /** Milvus 2.3 looks for aliases in the default database unless the call itself names another. */
    List<String> aliases(MilvusClientV2 client, String name) {
        ListAliasesReq request = ListAliasesReq.builder()
                .databaseName(config.database())
                .collectionName(name)
                .build();
        return client.listAliases(request).getAlias().stream().sorted().toList();
    }

    /** @throws IllegalArgumentException if it has aliases, which newer servers refuse as well */
    void drop(MilvusClientV2 client, String name) {
        if (!isThere(client, name) || !real(client, name).equals(name)) {
            return;
        }
        CollectionCheck.noAliases(name, aliases(client, name));
        client.dropCollection(DropCollectionReq.builder().collectionName(name).build());
    }
}
