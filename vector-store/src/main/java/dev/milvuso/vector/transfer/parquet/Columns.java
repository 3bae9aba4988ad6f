package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The columns of a collection's rows: the key, the vectors and the fields in the schema's order, and the rest. */
final class Columns {
    /** No field can be called so. */
    static final String REST = "$meta";

    /** The names that the format prescribes within lists and maps. */
    static final String LIST = "list";

    static final String ELEMENT = "element";
    static final String MAP = "key_value";
    static final String INDEX = "key";
    static final String NUMBER = "value";

    private Columns() {}

    static MessageType of(CollectionSchema schema) {
        List<Type> columns = new ArrayList<>();
        columns.add(
                element(Repetition.REQUIRED, schema.key().type(), schema.key().name()));
        schema.vectors().forEach(vector -> columns.add(vector(vector)));
        schema.fields().forEach(field -> columns.add(field(field)));
        if (schema.dynamic()) {
            columns.add(json(REST));
        }
        return new MessageType("milvuso", columns);
    }

    private static Type vector(VectorField field) {
        if (field.type() instanceof VectorField.Type.Dense) {
            return list(
                    Types.primitive(PrimitiveTypeName.FLOAT, Repetition.REQUIRED)
                            .named(ELEMENT),
                    field.name());
        }
        if (field.type() instanceof VectorField.Type.Binary binary) {
            return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, Repetition.OPTIONAL)
                    .length(binary.dimension() / Byte.SIZE)
                    .named(field.name());
        }
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.mapType())
                .addField(Types.repeatedGroup()
                        .addField(Types.primitive(PrimitiveTypeName.INT32, Repetition.REQUIRED)
                                .named(INDEX))
                        .addField(Types.primitive(PrimitiveTypeName.FLOAT, Repetition.REQUIRED)
                                .named(NUMBER))
                        .named(MAP))
                .named(field.name());
    }

    private static Type field(Field field) {
        if (field.type() instanceof Field.Type.Array array) {
            return list(element(Repetition.REQUIRED, array.element(), ELEMENT), field.name());
        }
        return field.type() instanceof Field.Type.Element element
                ? element(Repetition.OPTIONAL, element, field.name())
                : json(field.name());
    }

    private static Type list(Type element, String name) {
        return Types.optionalGroup()
                .as(LogicalTypeAnnotation.listType())
                .addField(Types.repeatedGroup().addField(element).named(LIST))
                .named(name);
    }

    private static Type json(String name) {
        return Types.primitive(PrimitiveTypeName.BINARY, Repetition.OPTIONAL)
                .as(LogicalTypeAnnotation.jsonType())
                .named(name);
    }

    private static Type element(Repetition repetition, Field.Type type, String name) {
        if (type instanceof Field.Type.Text) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
        }
        if (type instanceof Field.Type.Int whole) {
            return Types.primitive(
                            whole.bits() == Long.SIZE ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32, repetition)
                    .as(LogicalTypeAnnotation.intType(whole.bits(), true))
                    .named(name);
        }
        if (type instanceof Field.Type.Real real) {
            return Types.primitive(
                            real.bits() == Float.SIZE ? PrimitiveTypeName.FLOAT : PrimitiveTypeName.DOUBLE, repetition)
                    .named(name);
        }
        return Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
    }
}
