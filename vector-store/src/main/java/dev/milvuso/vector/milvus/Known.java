package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.check.EntityCheck;
import dev.milvuso.vector.check.RequestCheck;
import io.milvus.v2.common.IndexParam;
import java.util.Map;

/**
 * What a collection looks like, asked once.
 *
 * @param indexes by vector field
 */
record Known(
        CollectionSchema schema,
        EntityCheck entities,
        RequestCheck requests,
        MilvusDialect dialect,
        Map<String, IndexParam.IndexType> indexes) {
    static Known of(CollectionSchema schema, Map<String, IndexParam.IndexType> indexes, boolean lite) {
        return new Known(
                schema,
                new EntityCheck(schema),
                new RequestCheck(schema),
                new MilvusDialect(schema, lite),
                Map.copyOf(indexes));
    }

    /** Of which index the field's is, with any parameters. */
    IndexSpec spec(String field) {
        return MilvusIndexSpecs.ofType(indexes.getOrDefault(field, IndexParam.IndexType.None));
    }
}
