package dev.milvuso.vector.milvus;

import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import java.util.Objects;

/** Types of fields in Milvus's terms and back. */
final class MilvusTypes {
    private MilvusTypes() {}

    static DataType of(Field.Type type) {
        if (type instanceof Field.Type.Int whole) {
            return switch (whole.bits()) {
                case 8 -> DataType.Int8;
                case 16 -> DataType.Int16;
                case 32 -> DataType.Int32;
                default -> DataType.Int64;
            };
        }
        if (type instanceof Field.Type.Real real) {
            return real.bits() == 32 ? DataType.Float : DataType.Double;
        }
        if (type instanceof Field.Type.Text) {
            return DataType.VarChar;
        }
        if (type instanceof Field.Type.Bool) {
            return DataType.Bool;
        }
        return type instanceof Field.Type.Json ? DataType.JSON : DataType.Array;
    }

    /** A default value as the SDK wants it: whole numbers have their field's width. */
    static Object narrow(Field.Type type, Object value) {
        if (type instanceof Field.Type.Int whole && whole.bits() < Long.SIZE) {
            int number = ((Long) value).intValue();
            return whole.bits() == Integer.SIZE ? (Object) number : (Object) (short) number;
        }
        return value;
    }

    static Object wide(Field.Type type, Object value) {
        return type instanceof Field.Type.Int ? ((Number) value).longValue() : value;
    }

    static DataType of(VectorField.Precision precision) {
        return switch (precision) {
            case FLOAT32 -> DataType.FloatVector;
            case FLOAT16 -> DataType.Float16Vector;
            case BFLOAT16 -> DataType.BFloat16Vector;
        };
    }

    static VectorField.Precision precision(DataType type) {
        return type == DataType.FloatVector
                ? VectorField.Precision.FLOAT32
                : type == DataType.Float16Vector ? VectorField.Precision.FLOAT16 : VectorField.Precision.BFLOAT16;
    }

    static boolean isVector(DataType type) {
        return switch (type) {
            case BinaryVector, FloatVector, Float16Vector, BFloat16Vector, SparseFloatVector -> true;
            default -> false;
        };
    }

    /** @throws IllegalArgumentException if the port has no such type */
    static Field.Type field(String collection, CreateCollectionReq.FieldSchema field) {
        return switch (field.getDataType()) {
            case JSON -> Field.Type.JSON;
            case Array ->
                new Field.Type.Array(
                        element(collection, field, Objects.requireNonNull(field.getElementType(), "element type")),
                        Objects.requireNonNull(field.getMaxCapacity(), "capacity"));
            default -> element(collection, field, field.getDataType());
        };
    }

    private static Field.Type.Element element(String collection, CreateCollectionReq.FieldSchema field, DataType type) {
        return switch (type) {
            case Bool -> new Field.Type.Bool();
            case Int8 -> new Field.Type.Int(8);
            case Int16 -> new Field.Type.Int(16);
            case Int32 -> new Field.Type.Int(32);
            case Int64 -> new Field.Type.Int(64);
            case Float -> new Field.Type.Real(32);
            case Double -> new Field.Type.Real(64);
            case VarChar -> new Field.Type.Text(Objects.requireNonNull(field.getMaxLength(), "length"));
            default -> throw MilvusSchema.foreign(collection, "field " + field.getName() + " is of type " + type);
        };
    }
}
