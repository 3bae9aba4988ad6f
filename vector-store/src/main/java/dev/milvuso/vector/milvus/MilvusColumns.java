package dev.milvuso.vector.milvus;

import com.google.protobuf.ByteString;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.BoolArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.DoubleArray;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IntArray;
import io.milvus.grpc.JSONArray;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entities as Milvus's protocol takes them: a column for each field. The SDK makes the same of rows of JSON, number by
 * number, which costs more time than the server takes to store them.
 */
final class MilvusColumns {
    private MilvusColumns() {}

    /** @param entities checked against the schema, with its default values */
    static List<FieldData> of(CollectionSchema schema, List<Entity> entities) {
        List<FieldData> columns = new ArrayList<>();
        if (!schema.key().generated()) {
            List<Object> keys = entities.stream()
                    .map(entity -> entity.key().map(Id::plain).orElseThrow())
                    .toList();
            columns.add(column(schema.key().name(), schema.key().type())
                    .setScalars(scalars(schema.key().type(), keys))
                    .build());
        }
        schema.vectors().forEach(field -> columns.add(vectors(field, entities)));
        schema.fields().forEach(field -> columns.add(fields(field, entities)));
        if (schema.dynamic()) {
            columns.add(others(schema, entities));
        }
        return columns;
    }

    private static FieldData.Builder column(String name, Field.Type type) {
        return FieldData.newBuilder()
                .setFieldName(name)
                .setType(protocol(MilvusTypes.of(type).getCode()));
    }

    private static DataType protocol(int code) {
        return Objects.requireNonNull(DataType.forNumber(code), "data type");
    }

    private static FieldData fields(Field field, List<Entity> entities) {
        FieldData.Builder column = column(field.name(), field.type());
        boolean mayLack = field.nullable() || field.defaultValue().isPresent();
        List<Object> values = new ArrayList<>(entities.size());
        for (Entity entity : entities) {
            Object value = entity.fields().get(field.name());
            if (mayLack) {
                column.addValidData(value != null);
            }
            if (value != null) {
                values.add(value);
            }
        }
        return column.setScalars(scalars(field.type(), values)).build();
    }

    private static ScalarField scalars(Field.Type type, List<?> values) {
        ScalarField.Builder column = ScalarField.newBuilder();
        if (type instanceof Field.Type.Array array) {
            ArrayArray.Builder lists = column.getArrayDataBuilder();
            values.forEach(list -> lists.addData(scalars(array.element(), (List<?>) list)));
        } else if (type instanceof Field.Type.Text) {
            StringArray.Builder texts = column.getStringDataBuilder();
            values.forEach(text -> texts.addData((String) text));
        } else if (type instanceof Field.Type.Bool) {
            BoolArray.Builder truths = column.getBoolDataBuilder();
            values.forEach(truth -> truths.addData((Boolean) truth));
        } else if (type instanceof Field.Type.Json) {
            JSONArray.Builder documents = column.getJsonDataBuilder();
            values.forEach(document -> documents.addData(json(document)));
        } else if (type instanceof Field.Type.Int whole) {
            integers(whole, values, column);
        } else {
            reals((Field.Type.Real) type, values, column);
        }
        return column.build();
    }

    private static void integers(Field.Type.Int type, List<?> values, ScalarField.Builder column) {
        if (type.bits() == Long.SIZE) {
            LongArray.Builder numbers = column.getLongDataBuilder();
            values.forEach(number -> numbers.addData((Long) number));
        } else {
            IntArray.Builder numbers = column.getIntDataBuilder();
            values.forEach(number -> numbers.addData(((Long) number).intValue()));
        }
    }

    private static void reals(Field.Type.Real type, List<?> values, ScalarField.Builder column) {
        if (type.bits() == Double.SIZE) {
            DoubleArray.Builder numbers = column.getDoubleDataBuilder();
            values.forEach(number -> numbers.addData((Double) number));
        } else {
            FloatArray.Builder numbers = column.getFloatDataBuilder();
            values.forEach(number -> numbers.addData((Float) number));
        }
    }

    private static ByteString json(@Nullable Object value) {
        return ByteString.copyFromUtf8(MilvusJson.of(value).toString());
    }

    /** What an entity has beside the schema's fields, in one document. */
    private static FieldData others(CollectionSchema schema, List<Entity> entities) {
        FieldData.Builder column = FieldData.newBuilder().setType(DataType.JSON).setIsDynamic(true);
        JSONArray.Builder documents = column.getScalarsBuilder().getJsonDataBuilder();
        for (Entity entity : entities) {
            Map<String, Object> others = new HashMap<>(entity.fields());
            schema.fields().forEach(field -> others.remove(field.name()));
            documents.addData(json(others));
        }
        return column.build();
    }

    private static FieldData vectors(dev.milvuso.vector.VectorField field, List<Entity> entities) {
        List<Vector> vectors = entities.stream()
                .map(entity -> Objects.requireNonNull(entity.vectors().get(field.name()), "vector"))
                .toList();
        FieldData.Builder column = FieldData.newBuilder().setFieldName(field.name());
        VectorField.Builder all = column.getVectorsBuilder();
        if (field.type() instanceof dev.milvuso.vector.VectorField.Type.Dense dense) {
            column.setType(DataType.FloatVector);
            all.setDim(dense.dimension());
            dense(vectors, all.getFloatVectorBuilder());
        } else if (field.type() instanceof dev.milvuso.vector.VectorField.Type.Binary binary) {
            column.setType(DataType.BinaryVector);
            all.setDim(binary.dimension()).setBinaryVector(bits(vectors, binary.dimension() / Byte.SIZE));
        } else {
            column.setType(DataType.SparseFloatVector);
            all.setSparseFloatVector(sparse(vectors));
            all.setDim(all.getSparseFloatVector().getDim());
        }
        return column.build();
    }

    private static void dense(List<Vector> vectors, FloatArray.Builder all) {
        for (Vector vector : vectors) {
            for (float number : ((Vector.Dense) vector).numbers()) {
                all.addData(number);
            }
        }
    }

    private static ByteString bits(List<Vector> vectors, int bytes) {
        ByteBuffer all = ByteBuffer.allocate(vectors.size() * bytes);
        vectors.forEach(vector -> all.put(((Vector.Binary) vector).bits()));
        return ByteString.copyFrom(all.flip());
    }

    /** Of each its indices and numbers in turn, in little endian. */
    private static SparseFloatArray sparse(List<Vector> vectors) {
        SparseFloatArray.Builder all = SparseFloatArray.newBuilder();
        int longest = 0;
        for (Vector vector : vectors) {
            Vector.Sparse sparse = (Vector.Sparse) vector;
            int length = sparse.indices().length;
            ByteBuffer pairs =
                    ByteBuffer.allocate(length * (Integer.BYTES + Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < length; i++) {
                pairs.putInt(sparse.indices()[i]).putFloat(sparse.numbers()[i]);
            }
            all.addContents(ByteString.copyFrom(pairs.flip()));
            longest = Math.max(longest, length);
        }
        return all.setDim(longest).build();
    }
}
