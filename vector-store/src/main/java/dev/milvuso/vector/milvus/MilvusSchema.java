package dev.milvuso.vector.milvus;

import dev.milvuso.vector.BinaryMetric;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.KeyField;
import dev.milvuso.vector.Metric;
import dev.milvuso.vector.VectorField;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A collection's schema in Milvus's terms and back. */
final class MilvusSchema {
    private static final String TIME_TO_LIVE = "collection.ttl.seconds";
    private static final String METRIC = "metric=";

    /** In the description of a vector that Milvus indexes by L2 and we score anew. */
    private static final String BY_MANHATTAN = ",manhattan";

    private MilvusSchema() {}

    static CreateCollectionReq.CollectionSchema toMilvus(CollectionSchema schema) {
        CreateCollectionReq.CollectionSchema result = CreateCollectionReq.CollectionSchema.builder()
                .enableDynamicField(schema.dynamic())
                .build();
        KeyField key = schema.key();
        result.addField(typed(AddFieldReq.builder(), key.type())
                .fieldName(key.name())
                .isPrimaryKey(true)
                .autoID(key.generated())
                .build());
        for (VectorField vector : schema.vectors()) {
            result.addField(vector(vector));
        }
        for (Field field : schema.fields()) {
            boolean isPartitionKey = schema.partitionKey().equals(Optional.of(field.name()));
            AddFieldReq.AddFieldReqBuilder<?> added = typed(AddFieldReq.builder(), field.type())
                    .fieldName(field.name())
                    .isNullable(field.nullable())
                    .isPartitionKey(isPartitionKey);
            field.defaultValue().ifPresent(value -> added.defaultValue(MilvusTypes.narrow(field.type(), value)));
            result.addField(added.build());
        }
        return result;
    }

    static Map<String, String> properties(CollectionSchema schema) {
        return schema.timeToLive()
                .map(time -> Map.of(TIME_TO_LIVE, Long.toString(time.toSeconds())))
                .orElse(Map.of());
    }

    private static AddFieldReq.AddFieldReqBuilder<?> typed(AddFieldReq.AddFieldReqBuilder<?> field, Field.Type type) {
        field.dataType(MilvusTypes.of(type));
        if (type instanceof Field.Type.Text text) {
            field.maxLength(text.maxBytes());
        } else if (type instanceof Field.Type.Array array) {
            field.elementType(MilvusTypes.of(array.element())).maxCapacity(array.capacity());
            if (array.element() instanceof Field.Type.Text text) {
                field.maxLength(text.maxBytes());
            }
        }
        return field;
    }

    private static AddFieldReq vector(VectorField vector) {
        AddFieldReq.AddFieldReqBuilder<?> field =
                AddFieldReq.builder().fieldName(vector.name()).description(description(vector.type()));
        if (vector.type() instanceof VectorField.Type.Dense dense) {
            return field.dataType(MilvusTypes.of(dense.precision()))
                    .dimension(dense.dimension())
                    .build();
        }
        if (vector.type() instanceof VectorField.Type.Binary binary) {
            return field.dataType(DataType.BinaryVector)
                    .dimension(binary.dimension())
                    .build();
        }
        return field.dataType(DataType.SparseFloatVector).build();
    }

    private static String description(VectorField.Type type) {
        boolean byManhattan = type instanceof VectorField.Type.Dense dense && dense.metric() == Metric.MANHATTAN;
        return METRIC + metric(type) + (byManhattan ? BY_MANHATTAN : "");
    }

    private static boolean isByManhattan(CreateCollectionReq.FieldSchema field) {
        return field.getDescription() != null && field.getDescription().endsWith(BY_MANHATTAN);
    }

    /** What the vector fields' descriptions say, which outlives their indexes. */
    static Map<String, IndexParam.MetricType> metrics(DescribeCollectionResp described) {
        Map<String, IndexParam.MetricType> metrics = new HashMap<>();
        for (CreateCollectionReq.FieldSchema field :
                described.getCollectionSchema().getFieldSchemaList()) {
            String description = field.getDescription();
            if (description != null && description.startsWith(METRIC)) {
                metrics.put(
                        field.getName(),
                        IndexParam.MetricType.valueOf(
                                description.substring(METRIC.length()).replace(BY_MANHATTAN, "")));
            }
        }
        return metrics;
    }

    /**
     * @param metrics of the vector fields
     * @throws IllegalArgumentException if it has what the port knows nothing of
     */
    static CollectionSchema fromMilvus(
            String name, DescribeCollectionResp described, Map<String, IndexParam.MetricType> metrics) {
        List<VectorField> vectors = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Optional<KeyField> key = Optional.empty();
        Optional<String> partitionKey = Optional.empty();
        for (CreateCollectionReq.FieldSchema field :
                described.getCollectionSchema().getFieldSchemaList()) {
            if (Boolean.TRUE.equals(field.getIsPrimaryKey())) {
                key = Optional.of(new KeyField(
                        field.getName(), MilvusTypes.field(name, field), Boolean.TRUE.equals(field.getAutoID())));
            } else if (MilvusTypes.isVector(field.getDataType())) {
                IndexParam.MetricType metric = metrics.getOrDefault(field.getName(), IndexParam.MetricType.INVALID);
                vectors.add(new VectorField(field.getName(), vectorType(name, field, metric)));
            } else if (!field.getName().startsWith("$")) {
                Field.Type type = MilvusTypes.field(name, field);
                fields.add(new Field(
                        field.getName(),
                        type,
                        Boolean.TRUE.equals(field.getIsNullable()),
                        Optional.ofNullable(field.getDefaultValue()).map(value -> MilvusTypes.wide(type, value))));
                if (Boolean.TRUE.equals(field.getIsPartitionKey())) {
                    partitionKey = Optional.of(field.getName());
                }
            }
        }
        return new CollectionSchema(
                name,
                key.orElseThrow(() -> foreign(name, "it has no primary key")),
                vectors,
                fields,
                Boolean.TRUE.equals(described.getEnableDynamicField()),
                partitionKey,
                Optional.ofNullable(described.getProperties().get(TIME_TO_LIVE))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
    }

    private static VectorField.Type vectorType(
            String name, CreateCollectionReq.FieldSchema field, IndexParam.MetricType metric) {
        if (field.getDataType() == DataType.SparseFloatVector) {
            return new VectorField.Type.Sparse();
        }
        int dimension = Objects.requireNonNull(field.getDimension(), "dimension");
        if (field.getDataType() == DataType.BinaryVector) {
            return new VectorField.Type.Binary(dimension, binaryMetric(name, metric));
        }
        return new VectorField.Type.Dense(
                dimension,
                MilvusTypes.precision(field.getDataType()),
                isByManhattan(field) ? Metric.MANHATTAN : metric(name, metric));
    }

    static IllegalArgumentException foreign(String name, String why) {
        return new IllegalArgumentException(
                "collection " + name + " was not made by Milvuso: " + why + "; choose another milvus.collection_name");
    }

    static IndexParam.MetricType metric(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return metric(dense.metric());
        }
        if (type instanceof VectorField.Type.Binary binary) {
            return IndexParam.MetricType.valueOf(binary.metric().name());
        }
        return IndexParam.MetricType.IP;
    }

    private static IndexParam.MetricType metric(Metric metric) {
        return switch (metric) {
            case INNER_PRODUCT -> IndexParam.MetricType.IP;
            case COSINE -> IndexParam.MetricType.COSINE;
            case EUCLIDEAN, MANHATTAN -> IndexParam.MetricType.L2;
        };
    }

    private static Metric metric(String name, IndexParam.MetricType type) {
        for (Metric metric : Metric.values()) {
            if (metric(metric) == type) {
                return metric;
            }
        }
        throw foreign(name, "its index has the metric " + type);
    }

    private static BinaryMetric binaryMetric(String name, IndexParam.MetricType type) {
        for (BinaryMetric metric : BinaryMetric.values()) {
            if (metric.name().equals(type.name())) {
                return metric;
            }
        }
        throw foreign(name, "its index has the metric " + type);
    }
}
