package dev.milvuso.vector.milvus;

import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.VectorField;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Specifications of indexes in Milvus's terms and back. */
final class MilvusIndexSpecs {
    private static final Set<String> NUMBERS = Set.of("nlist", "m", "nbits", "M", "efConstruction", "drop_ratio_build");

    private MilvusIndexSpecs() {}

    static IndexParam toMilvus(VectorField vector, IndexSpec spec) {
        return parameters(vector.name(), type(vector.type(), spec), spec)
                .metricType(MilvusSchema.metric(vector.type()))
                .build();
    }

    /** Of a field that is no vector. */
    static IndexParam toMilvus(String field, IndexSpec spec) {
        return parameters(field, IndexParam.IndexType.valueOf(spec.type()), spec)
                .build();
    }

    private static IndexParam.IndexParamBuilder parameters(String field, IndexParam.IndexType type, IndexSpec spec) {
        return IndexParam.builder()
                .fieldName(field)
                .indexName(field)
                .indexType(type)
                .extraParams(new HashMap<>(spec.parameters()));
    }

    private static IndexParam.IndexType type(VectorField.Type type, IndexSpec spec) {
        if (type instanceof VectorField.Type.Sparse) {
            return IndexParam.IndexType.SPARSE_INVERTED_INDEX;
        }
        if (type instanceof VectorField.Type.Binary) {
            return spec instanceof IndexSpec.IvfFlat
                    ? IndexParam.IndexType.BIN_IVF_FLAT
                    : IndexParam.IndexType.BIN_FLAT;
        }
        return IndexParam.IndexType.valueOf(spec.type());
    }

    /** What search parameters are checked against; of an index that the port does not have they all pass. */
    static IndexSpec ofType(IndexParam.IndexType type) {
        try {
            return IndexSpec.of(type.name(), Map.of());
        } catch (IllegalArgumentException e) {
            return new IndexSpec.AutoIndex();
        }
    }

    /** @throws IllegalArgumentException if it is of a type that the port does not have */
    static IndexSpec fromMilvus(DescribeIndexResp.IndexDesc index) {
        Map<String, String> given = index.getExtraParams() == null ? Map.of() : index.getExtraParams();
        Map<String, String> parameters = new HashMap<>(given);
        parameters.keySet().retainAll(NUMBERS);
        IndexParam.IndexType type = index.getIndexType();
        return IndexSpec.of(type == null ? given.getOrDefault("index_type", "unknown") : type.name(), parameters);
    }
}
