package dev.milvuso.vector.milvus;

import dev.milvuso.config.MilvusConfig;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.EntityCheck;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.milvus.MilvusVectorStore.Known;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.index.request.ListIndexesReq;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes and describes collections. Making one takes three calls (collection, index, load), each of which may be
 * repeated, so that what a crash left half made is finished by the next one who asks for it.
 */
final class MilvusCollections {
    private final MilvusConfig config;

    MilvusCollections(MilvusConfig config) {
        this.config = config;
    }

    /** @throws IllegalArgumentException if there is one of another schema */
    void create(MilvusClientV2 client, CollectionSchema schema) {
        if (!isThere(client, schema.name())) {
            createCollection(client, schema);
        }
        Metric metric = index(client, schema.name())
                .map(index -> MilvusSchema.metric(schema.name(), index.getMetricType()))
                .orElse(schema.metric());
        CollectionSchema there = schema(client, schema.name(), metric);
        if (!there.equals(schema)) {
            throw new IllegalArgumentException("collection " + schema.name() + " is there with another schema: " + there
                    + ", asked for: " + schema);
        }
        if (index(client, schema.name()).isEmpty()) {
            client.createIndex(CreateIndexReq.builder()
                    .collectionName(schema.name())
                    .indexParams(List.of(MilvusSchema.index(config.indexType(), schema.metric())))
                    .sync(false)
                    .build());
        }
        load(client, schema.name());
    }

    private void createCollection(MilvusClientV2 client, CollectionSchema schema) {
        try {
            client.createCollection(CreateCollectionReq.builder()
                    .collectionName(schema.name())
                    .collectionSchema(MilvusSchema.toMilvus(schema))
                    .numShards(config.shards())
                    .build());
        } catch (MilvusClientException e) {
            // Another process may have been quicker; whether it made the same is seen by whoever called this.
            if (!isThere(client, schema.name())) {
                throw e;
            }
        }
    }

    private void load(MilvusClientV2 client, String name) {
        boolean loaded = client.getLoadState(
                GetLoadStateReq.builder().collectionName(name).build());
        if (!loaded) {
            client.loadCollection(LoadCollectionReq.builder()
                    .collectionName(name)
                    .numReplicas(config.replicas())
                    .timeout(config.callTimeout().toMillis())
                    .build());
        }
    }

    /** @return nothing also for a collection that has no index yet: it is not finished */
    Optional<Known> describe(MilvusClientV2 client, String name) {
        if (!isThere(client, name)) {
            return Optional.empty();
        }
        return index(client, name).map(index -> {
            CollectionSchema schema = schema(client, name, MilvusSchema.metric(name, index.getMetricType()));
            // One that this SDK does not know has no parameters that we could give it.
            IndexParam.IndexType type = Objects.requireNonNullElse(index.getIndexType(), IndexParam.IndexType.None);
            return new Known(schema, new EntityCheck(schema), type);
        });
    }

    private static boolean isThere(MilvusClientV2 client, String name) {
        return client.hasCollection(
                HasCollectionReq.builder().collectionName(name).build());
    }

    private static CollectionSchema schema(MilvusClientV2 client, String name, Metric metric) {
        return MilvusSchema.fromMilvus(
                name,
                client.describeCollection(DescribeCollectionReq.builder()
                                .collectionName(name)
                                .build())
                        .getCollectionSchema(),
                metric);
    }

    private static Optional<DescribeIndexResp.IndexDesc> index(MilvusClientV2 client, String name) {
        List<String> names =
                client.listIndexes(ListIndexesReq.builder().collectionName(name).build());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(client.describeIndex(DescribeIndexReq.builder()
                        .collectionName(name)
                        .fieldName(CollectionSchema.VECTOR)
                        .build())
                .getIndexDescByFieldName(CollectionSchema.VECTOR));
    }
}
