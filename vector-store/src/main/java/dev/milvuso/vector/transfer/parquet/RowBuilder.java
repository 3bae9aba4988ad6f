package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.VectorField;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;

/** Puts rows together from their columns. */
final class RowBuilder extends RecordMaterializer<Entity> {
    private final RowParts parts;
    private final GroupConverter row;

    /** @param converters of the columns, in their order, which fill the parts */
    RowBuilder(RowParts parts, List<? extends Converter> converters) {
        this.parts = parts;
        this.row = new GroupConverter() {
            @Override
            public Converter getConverter(int position) {
                return converters.get(position);
            }

            @Override
            public void start() {
                parts.clear();
            }

            @Override
            public void end() {
                // The row is asked for.
            }
        };
    }

    /** Of columns that are just those of {@link Columns}. */
    static RowBuilder of(CollectionSchema schema) {
        RowParts parts = new RowParts();
        List<Converter> converters = new ArrayList<>();
        converters.add(
                new ValueConverter(schema.key().name(), false, schema.key().type(), parts::key));
        schema.vectors().forEach(vector -> converters.add(vector(parts, vector)));
        schema.fields().forEach(field -> converters.add(field(parts, field)));
        if (schema.dynamic()) {
            converters.add(new ValueConverter(Columns.REST, false, Field.Type.JSON, parts::rest));
        }
        return new RowBuilder(parts, converters);
    }

    private static Converter vector(RowParts parts, VectorField field) {
        return VectorConverters.of(field.name(), field.type(), vector -> parts.vector(field.name(), vector));
    }

    private static Converter field(RowParts parts, Field field) {
        if (field.type() instanceof Field.Type.Array array) {
            return Repeated.list(
                    field.name(),
                    array.capacity(),
                    taken -> new ValueConverter(field.name(), false, array.element(), taken),
                    list -> parts.field(field.name(), list));
        }
        return new ValueConverter(field.name(), false, field.type(), value -> parts.field(field.name(), value));
    }

    @Override
    public Entity getCurrentRecord() {
        return parts.entity();
    }

    @Override
    public GroupConverter getRootConverter() {
        return row;
    }
}
