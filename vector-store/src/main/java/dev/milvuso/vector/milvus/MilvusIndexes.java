package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Feature;
import dev.milvuso.vector.IndexDescription;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.VectorField;
import dev.milvuso.vector.check.IndexCheck;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexBuildState;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.index.request.DropIndexReq;
import io.milvus.v2.service.index.request.ListIndexesReq;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import io.milvus.v2.service.partition.request.ListPartitionsReq;
import io.milvus.v2.service.utility.request.FlushReq;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The indexes of a collection on the server. A collection must be released to lose an index, and have one for each
 * vector to be loaded.
 */
final class MilvusIndexes implements Indexes {
    private final String collection;
    private final MilvusSession session;
    private final MilvusCollections collections;

    MilvusIndexes(String collection, MilvusSession session) {
        this.collection = collection;
        this.session = session;
        this.collections = session.collections();
    }

    @Override
    public void create(String field, IndexSpec spec) {
        call(client -> {
            CollectionSchema schema = schema(client);
            check(schema, field, spec);
            Optional<IndexSpec> there = index(client, schema.name(), field).map(MilvusIndexSpecs::fromMilvus);
            if (there.isEmpty()) {
                build(client, schema, field, spec);
            } else {
                IndexCheck.same(field, there.get(), spec);
            }
            return field;
        });
    }

    private void check(CollectionSchema schema, String field, IndexSpec spec) {
        IndexCheck.check(schema, field, spec);
        if (spec instanceof IndexSpec.Inverted) {
            session.demand(Feature.INVERTED_INDEXES);
        }
    }

    private void build(MilvusClientV2 client, CollectionSchema schema, String field, IndexSpec spec) {
        Optional<VectorField> vector = schema.vectors().stream()
                .filter(candidate -> candidate.name().equals(field))
                .findFirst();
        IndexParam wanted = vector.map(it -> MilvusIndexSpecs.toMilvus(it, spec))
                .orElseGet(() -> MilvusIndexSpecs.toMilvus(field, spec));
        client.createIndex(CreateIndexReq.builder()
                .collectionName(schema.name())
                .indexParams(List.of(wanted))
                .sync(false)
                .build());
        session.forget(schema.name());
        // What is still taken in is found without the index; an index is asked for of rows that are there.
        client.flush(FlushReq.builder()
                .collectionNames(List.of(schema.name()))
                .waitFlushedTimeoutMs(0L)
                .build());
    }

    @Override
    public void drop(String field) {
        Set<String> loaded = loadedPartitions();
        call(client -> {
            CollectionSchema schema = schema(client);
            IndexCheck.field(schema, Optional.of(field));
            boolean dropped = drop(client, schema, field);
            if (dropped && !isVector(schema, field)) {
                load(client, schema, loaded);
            }
            return field;
        });
    }

    /** That must be loaded again after a change for which the collection is released. */
    private Set<String> loadedPartitions() {
        String name = call(client -> schema(client).name());
        return session.send(collection, server -> server.loadedPartitions(name));
    }

    private void load(MilvusClientV2 client, CollectionSchema schema, Set<String> partitions) {
        List<String> all = client.listPartitions(
                ListPartitionsReq.builder().collectionName(schema.name()).build());
        if (partitions.containsAll(all)) {
            collections.load(client, schema.name());
        } else if (!partitions.isEmpty()) {
            collections.load(client, schema.name(), partitions);
        }
    }

    /** @return whether there was one; the collection is released then */
    private boolean drop(MilvusClientV2 client, CollectionSchema schema, String field) {
        Optional<DescribeIndexResp.IndexDesc> there = index(client, schema.name(), field);
        if (there.isEmpty()) {
            return false;
        }
        if (MilvusCollections.isLoaded(client, schema.name())) {
            client.releaseCollection(
                    ReleaseCollectionReq.builder().collectionName(schema.name()).build());
        }
        client.dropIndex(DropIndexReq.builder()
                .collectionName(schema.name())
                .fieldName(field)
                .indexName(there.get().getIndexName())
                .build());
        session.forget(schema.name());
        return true;
    }

    private static boolean isVector(CollectionSchema schema, String field) {
        return schema.vectors().stream().anyMatch(vector -> vector.name().equals(field));
    }

    @Override
    public void replace(String field, IndexSpec spec) {
        Set<String> loaded = loadedPartitions();
        call(client -> {
            CollectionSchema schema = schema(client);
            check(schema, field, spec);
            boolean dropped = drop(client, schema, field);
            build(client, schema, field, spec);
            if (dropped) {
                load(client, schema, loaded);
            }
            return field;
        });
    }

    @Override
    public Optional<IndexDescription> describe(String field) {
        return call(client -> {
            CollectionSchema schema = schema(client);
            IndexCheck.field(schema, Optional.of(field));
            return index(client, schema.name(), field).map(index -> described(schema, field, index));
        });
    }

    @Override
    public List<IndexDescription> list() {
        return call(client -> {
            CollectionSchema schema = schema(client);
            return collections.fields(client, schema.name()).stream()
                    .flatMap(field ->
                            index(client, schema.name(), field).stream().map(index -> described(schema, field, index)))
                    .sorted(Comparator.comparing(IndexDescription::field))
                    .toList();
        });
    }

    private static IndexDescription described(
            CollectionSchema schema, String field, DescribeIndexResp.IndexDesc index) {
        return new IndexDescription(
                field,
                MilvusIndexSpecs.fromMilvus(index),
                "Milvus's " + index.getIndexType(),
                schema.vectors().stream()
                        .filter(vector -> vector.name().equals(field))
                        .map(vector -> vector.type().metricName())
                        .findFirst(),
                state(index),
                index.getIndexedRows(),
                index.getPendingIndexRows(),
                Optional.ofNullable(index.getIndexFailedReason()).filter(reason -> !reason.isEmpty()));
    }

    /** Milvus calls an index finished before it has begun with rows that have only just been sealed. */
    private static IndexDescription.State state(DescribeIndexResp.IndexDesc index) {
        if (index.getIndexState() == IndexBuildState.Failed) {
            return IndexDescription.State.FAILED;
        }
        boolean begun = index.getIndexedRows() > 0 || index.getPendingIndexRows() == 0;
        return index.getIndexState() == IndexBuildState.Finished && begun
                ? IndexDescription.State.READY
                : IndexDescription.State.BUILDING;
    }

    private static Optional<DescribeIndexResp.IndexDesc> index(MilvusClientV2 client, String name, String field) {
        List<String> there = client.listIndexes(
                ListIndexesReq.builder().collectionName(name).fieldName(field).build());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(client.describeIndex(DescribeIndexReq.builder()
                        .collectionName(name)
                        .fieldName(field)
                        .build())
                .getIndexDescByFieldName(field));
    }

    private CollectionSchema schema(MilvusClientV2 client) {
        return collections
                .schema(client, collection)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + collection));
    }

    private <T> T call(Function<MilvusClientV2, T> request) {
        return session.callAtLeisure(collection, request);
    }
}
