package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of a table that another program wrote, such as pandas: each has the name of a field of the collection,
 * and values that become the field's. A field that a row may be without needs no column.
 */
final class TableColumns {
    private final CollectionSchema schema;
    private final MessageType there;

    /** @throws IllegalArgumentException naming a column that is missing, stands twice or is of no field */
    TableColumns(CollectionSchema schema, MessageType there) {
        this.schema = schema;
        this.there = there;
        Set<String> columns = new HashSet<>();
        for (Type column : there.getFields()) {
            if (!columns.add(column.getName())) {
                throw new IllegalArgumentException("has two columns " + column.getName());
            }
        }
        for (String needed : needed()) {
            if (!columns.contains(needed)) {
                throw new IllegalArgumentException("has no column " + needed + ", which collection " + schema.name()
                        + " needs: it has " + String.join(", ", names(there)));
            }
        }
    }

    private List<String> needed() {
        List<String> needed = new ArrayList<>();
        needed.add(schema.key().name());
        schema.vectors().forEach(vector -> needed.add(vector.name()));
        schema.fields().stream()
                .filter(field -> !field.nullable() && field.defaultValue().isEmpty())
                .forEach(field -> needed.add(field.name()));
        return needed;
    }

    private static List<String> names(MessageType type) {
        return type.getFields().stream().map(Type::getName).toList();
    }

    /** @throws IllegalArgumentException naming a column whose values cannot be its field's */
    RowBuilder rows() {
        RowParts parts = new RowParts();
        return new RowBuilder(
                parts,
                there.getFields().stream()
                        .map(column -> converter(column, parts))
                        .toList());
    }

    /** Of rows that have nothing but their keys. */
    RowBuilder keys() {
        RowParts parts = new RowParts();
        return new RowBuilder(
                parts, List.of(converter(there.getType(schema.key().name()), parts)));
    }

    MessageType keyColumn() {
        return new MessageType(there.getName(), there.getType(schema.key().name()));
    }

    private Converter converter(Type column, RowParts parts) {
        String name = column.getName();
        if (name.equals(schema.key().name())) {
            return value(column, schema.key().type(), parts::key);
        }
        Optional<VectorField> vector = schema.vectors().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
        if (vector.isPresent()) {
            VectorField.Type type = vector.get().type();
            if (!TableTypes.fits(column, type)) {
                throw mismatch(column, TableTypes.right(type));
            }
            return VectorConverters.of(name, type, value -> parts.vector(name, value));
        }
        if (schema.dynamic() && name.equals(Columns.REST)) {
            return value(column, Field.Type.JSON, parts::rest);
        }
        return value(column, fieldType(column), value -> parts.field(name, value));
    }

    private Field.Type fieldType(Type column) {
        return schema.fields().stream()
                .filter(field -> field.name().equals(column.getName()))
                .findFirst()
                .map(Field::type)
                .orElseGet(() -> dynamicType(column));
    }

    private Field.Type dynamicType(Type column) {
        if (!schema.dynamic()) {
            List<String> fields = new ArrayList<>(List.of(schema.key().name()));
            schema.vectors().forEach(vector -> fields.add(vector.name()));
            schema.fields().forEach(field -> fields.add(field.name()));
            throw new IllegalArgumentException("has a column " + column.getName() + ", and collection " + schema.name()
                    + " has no such field: it has " + String.join(", ", fields));
        }
        return TableTypes.ofItsOwn(column)
                .orElseThrow(() -> mismatch(column, "text, numbers, true or false, or lists of such"));
    }

    private static Converter value(Type column, Field.Type type, Consumer<Object> taken) {
        String name = column.getName();
        if (!TableTypes.fits(column, type)) {
            throw mismatch(column, TableTypes.right(type));
        }
        if (type instanceof Field.Type.Array array && TableTypes.isList(column)) {
            Type element = TableTypes.element(column);
            return Repeated.list(
                    name,
                    array.capacity(),
                    each -> new ValueConverter(name, TableTypes.isUnsigned(element), array.element(), each),
                    taken::accept);
        }
        return new ValueConverter(name, TableTypes.isUnsigned(column), type, taken);
    }

    private static IllegalArgumentException mismatch(Type column, String right) {
        return new IllegalArgumentException(
                "column " + column.getName() + " is of " + TableTypes.words(column) + ": must be of " + right);
    }
}
