package dev.milvuso.vector.milvus;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Metric;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A collection's schema in Milvus's terms and back. */
final class MilvusSchema {
    private static final int ID_BYTES = 512;
    private static final int TEXT_BYTES = 1024;

    private MilvusSchema() {}

    static CreateCollectionReq.CollectionSchema toMilvus(CollectionSchema schema) {
        CreateCollectionReq.CollectionSchema result =
                CreateCollectionReq.CollectionSchema.builder().build();
        result.addField(AddFieldReq.builder()
                .fieldName(CollectionSchema.ID)
                .dataType(DataType.VarChar)
                .maxLength(ID_BYTES)
                .isPrimaryKey(true)
                .autoID(false)
                .build());
        result.addField(AddFieldReq.builder()
                .fieldName(CollectionSchema.VECTOR)
                .dataType(DataType.FloatVector)
                .dimension(schema.dimension())
                .build());
        for (Field field : schema.fields()) {
            result.addField(AddFieldReq.builder()
                    .fieldName(field.name())
                    .dataType(type(field.type()))
                    // Of texts only; Milvus has no such thing for other types and does not look.
                    .maxLength(TEXT_BYTES)
                    .build());
        }
        return result;
    }

    /** @throws IllegalArgumentException if the collection is not of the kind that this store makes */
    static CollectionSchema fromMilvus(String name, CreateCollectionReq.CollectionSchema schema, Metric metric) {
        int dimension = 0;
        List<Field> fields = new ArrayList<>();
        for (CreateCollectionReq.FieldSchema field : schema.getFieldSchemaList()) {
            if (field.getName().equals(CollectionSchema.VECTOR) && field.getDataType() == DataType.FloatVector) {
                dimension = Objects.requireNonNull(field.getDimension(), "dimension");
            } else if (!field.getName().equals(CollectionSchema.ID)) {
                fields.add(new Field(field.getName(), type(name, field)));
            }
        }
        if (dimension == 0) {
            throw foreign(name, "it has no float vector called " + CollectionSchema.VECTOR);
        }
        CreateCollectionReq.FieldSchema id = schema.getField(CollectionSchema.ID);
        if (id == null || id.getDataType() != DataType.VarChar || !Boolean.TRUE.equals(id.getIsPrimaryKey())) {
            throw foreign(name, "its primary key is not a VarChar called " + CollectionSchema.ID);
        }
        return new CollectionSchema(name, dimension, metric, fields);
    }

    private static IllegalArgumentException foreign(String name, String why) {
        return new IllegalArgumentException(
                "collection " + name + " was not made by Milvuso: " + why + "; choose another milvus.collection_name");
    }

    private static DataType type(Field.Type type) {
        return switch (type) {
            case TEXT -> DataType.VarChar;
            case INTEGER -> DataType.Int64;
            case REAL -> DataType.Double;
            case BOOL -> DataType.Bool;
        };
    }

    private static Field.Type type(String name, CreateCollectionReq.FieldSchema field) {
        for (Field.Type type : Field.Type.values()) {
            if (type(type) == field.getDataType()) {
                return type;
            }
        }
        throw foreign(name, "field " + field.getName() + " is of type " + field.getDataType());
    }

    static IndexParam.MetricType metric(Metric metric) {
        return switch (metric) {
            case INNER_PRODUCT -> IndexParam.MetricType.IP;
            case COSINE -> IndexParam.MetricType.COSINE;
            case EUCLIDEAN -> IndexParam.MetricType.L2;
        };
    }

    /** @throws IllegalArgumentException if the port has no such metric */
    static Metric metric(String name, IndexParam.MetricType type) {
        for (Metric metric : Metric.values()) {
            if (metric(metric) == type) {
                return metric;
            }
        }
        throw foreign(name, "its index has the metric " + type);
    }

    static IndexParam index(String type, Metric metric) {
        return IndexParam.builder()
                .fieldName(CollectionSchema.VECTOR)
                .indexName(CollectionSchema.VECTOR)
                .indexType(IndexParam.IndexType.valueOf(type))
                .metricType(metric(metric))
                .extraParams(buildParameters(type))
                .build();
    }

    private static Map<String, Object> buildParameters(String type) {
        return switch (type) {
            case "HNSW" -> Map.of("M", 16, "efConstruction", 200);
            case "IVF_FLAT" -> Map.of("nlist", 1024);
            default -> Map.of();
        };
    }

    /**
     * How hard a search looks.
     *
     * @param limit how many are wanted
     */
    static Map<String, Object> searchParameters(IndexParam.IndexType type, int limit) {
        return switch (type) {
            case HNSW -> Map.of("ef", Math.max(128, 2 * limit));
            case IVF_FLAT -> Map.of("nprobe", 32);
            default -> Map.of();
        };
    }
}
