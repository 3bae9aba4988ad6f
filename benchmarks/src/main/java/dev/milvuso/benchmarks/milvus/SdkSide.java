package dev.milvuso.benchmarks.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.milvuso.config.MilvusConfig;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The SDK as its own examples use it. */
final class SdkSide implements Side {
    private final String collection;
    private final MilvusConfig config;
    private final MilvusClientV2 client;
    private final int dimension;

    SdkSide(MilvusConfig config, String collection, int dimension) {
        this.collection = collection;
        this.config = config;
        this.dimension = dimension;
        ConnectConfig.ConnectConfigBuilder connect = ConnectConfig.builder().uri(config.address());
        if (!config.user().isEmpty()) {
            connect.username(config.user()).password(config.password());
        }
        this.client = new MilvusClientV2(connect.build());
    }

    @Override
    public void empty() {
        client.dropCollection(
                DropCollectionReq.builder().collectionName(collection).build());
        CreateCollectionReq.CollectionSchema schema =
                CreateCollectionReq.CollectionSchema.builder().build();
        schema.addField(AddFieldReq.builder()
                .fieldName("id")
                .dataType(DataType.Int64)
                .isPrimaryKey(true)
                .build());
        schema.addField(AddFieldReq.builder()
                .fieldName("vector")
                .dataType(DataType.FloatVector)
                .dimension(dimension)
                .build());
        schema.addField(
                AddFieldReq.builder().fieldName("year").dataType(DataType.Int64).build());
        client.createCollection(CreateCollectionReq.builder()
                .collectionName(collection)
                .collectionSchema(schema)
                .numShards(config.shards())
                .build());
        IndexParam index = IndexParam.builder()
                .fieldName("vector")
                .indexType(IndexParam.IndexType.valueOf(config.indexType()))
                .metricType(IndexParam.MetricType.L2)
                .build();
        client.createIndex(CreateIndexReq.builder()
                .collectionName(collection)
                .indexParams(List.of(index))
                .sync(false)
                .build());
        client.loadCollection(
                LoadCollectionReq.builder().collectionName(collection).build());
    }

    @Override
    public void insert(long first, List<float[]> vectors, int batch) {
        for (int from = 0; from < vectors.size(); from += batch) {
            List<JsonObject> rows = new ArrayList<>();
            for (int i = from; i < Math.min(vectors.size(), from + batch); i++) {
                JsonObject row = new JsonObject();
                row.addProperty("id", first + i);
                JsonArray vector = new JsonArray(dimension);
                for (float number : vectors.get(i)) {
                    vector.add(number);
                }
                row.add("vector", vector);
                row.addProperty("year", 1900 + (first + i) % 100);
                rows.add(row);
            }
            client.insert(
                    InsertReq.builder().collectionName(collection).data(rows).build());
        }
    }

    @Override
    public int search(float[] query, int k) {
        return client.search(SearchReq.builder()
                        .collectionName(collection)
                        .annsField("vector")
                        .data(List.of(new FloatVec(query)))
                        .limit(k)
                        .consistencyLevel(ConsistencyLevel.valueOf(
                                config.consistencyLevel().toUpperCase(Locale.ROOT)))
                        .build())
                .getSearchResults()
                .get(0)
                .size();
    }

    @Override
    public void delete(List<Long> keys) {
        client.delete(DeleteReq.builder()
                .collectionName(collection)
                .ids(List.copyOf(keys))
                .build());
    }

    @Override
    public void close() {
        client.dropCollection(
                DropCollectionReq.builder().collectionName(collection).build());
        client.close();
    }
}
