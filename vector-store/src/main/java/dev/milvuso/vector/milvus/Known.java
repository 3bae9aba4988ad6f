package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import io.milvus.v2.common.IndexParam;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a collection looks like, asked once.
 *
 * @param indexes by vector field
 * @param specs of them, with any parameters
 */
record Known(
        CollectionSchema schema,
        EntityCheck entities,
        RequestCheck requests,
        MilvusDialect dialect,
        Map<String, IndexParam.IndexType> indexes,
        Map<String, IndexSpec> specs) {
    static Known of(CollectionSchema schema, Map<String, IndexParam.IndexType> indexes, boolean lite) {
        return new Known(
                schema,
                new EntityCheck(schema),
                new RequestCheck(schema),
                new MilvusDialect(schema, lite),
                Map.copyOf(indexes),
                indexes.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, index -> MilvusIndexSpecs.ofType(index.getValue()))));
    }

    /** What the search parameters of a vector field are checked against. */
    IndexSpec spec(String field) {
        return specs.getOrDefault(field, new IndexSpec.AutoIndex());
    }
}
