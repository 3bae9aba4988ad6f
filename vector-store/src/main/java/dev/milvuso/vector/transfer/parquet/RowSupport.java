package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Entity;
import dev.milvuso.vector.Field;
import dev.milvuso.vector.Id;
import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Takes rows apart into columns; what a row has not is null there. */
final class RowSupport extends WriteSupport<Entity> {
    private final CollectionSchema schema;
    private final MessageType columns;
    private final Supplier<Map<String, String>> said;
    private @Nullable RecordConsumer consumer;

    /** @param said beside the rows, by name; asked for when all of them have been written */
    RowSupport(CollectionSchema schema, Supplier<Map<String, String>> said) {
        this.schema = schema;
        this.said = said;
        this.columns = Columns.of(schema);
    }

    /** Deprecated and abstract all the same. */
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return new WriteContext(columns, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(columns, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer prepared) {
        consumer = prepared;
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(said.get());
    }

    private RecordConsumer out() {
        return Objects.requireNonNull(consumer, "prepareForWrite comes first");
    }

    @Override
    public void write(Entity row) {
        out().startMessage();
        Id key = row.key().orElseThrow();
        column(schema.key().name(), key.plain(), schema.key().type());
        for (VectorField vector : schema.vectors()) {
            Vector value = row.vectors().get(vector.name());
            if (value != null) {
                column(vector.name(), () -> vector(value));
            }
        }
        Map<String, Object> rest = new TreeMap<>(row.fields());
        for (Field field : schema.fields()) {
            Object value = rest.remove(field.name());
            if (value != null) {
                column(field.name(), value, field.type());
            }
        }
        if (schema.dynamic()) {
            column(Columns.REST, () -> out().addBinary(JsonText.of(rest)));
        }
        out().endMessage();
    }

    private void column(String name, Object value, Field.Type type) {
        column(name, () -> value(value, type));
    }

    private void column(String name, Runnable value) {
        member(name, columns.getFieldIndex(name), value);
    }

    private void member(String name, int position, Runnable value) {
        out().startField(name, position);
        value.run();
        out().endField(name, position);
    }

    private void vector(Vector vector) {
        if (vector instanceof Vector.Dense dense) {
            list(dense.numbers().length, i -> out().addFloat(dense.numbers()[i]));
        } else if (vector instanceof Vector.Binary binary) {
            out().addBinary(Binary.fromConstantByteArray(binary.bits()));
        } else if (vector instanceof Vector.Sparse sparse) {
            repeated(Columns.MAP, sparse.indices().length, i -> {
                member(Columns.INDEX, 0, () -> out().addInteger(sparse.indices()[i]));
                member(Columns.NUMBER, 1, () -> out().addFloat(sparse.numbers()[i]));
            });
        }
    }

    private void value(Object value, Field.Type type) {
        if (type instanceof Field.Type.Array array) {
            List<?> elements = (List<?>) value;
            list(elements.size(), i -> value(elements.get(i), array.element()));
        } else if (type instanceof Field.Type.Json) {
            out().addBinary(JsonText.of(value));
        } else if (value instanceof String text) {
            out().addBinary(Binary.fromString(text));
        } else if (value instanceof Long whole) {
            if (((Field.Type.Int) type).bits() == Long.SIZE) {
                out().addLong(whole);
            } else {
                out().addInteger(whole.intValue());
            }
        } else if (value instanceof Float single) {
            out().addFloat(single);
        } else if (value instanceof Double real) {
            out().addDouble(real);
        } else {
            out().addBoolean((Boolean) value);
        }
    }

    /** What is written for one of several. */
    private interface Each {
        void write(int position);
    }

    private void list(int size, Each element) {
        repeated(Columns.LIST, size, i -> member(Columns.ELEMENT, 0, () -> element.write(i)));
    }

    /** An empty list is a group without the field that repeats. */
    private void repeated(String name, int size, Each one) {
        out().startGroup();
        if (size > 0) {
            out().startField(name, 0);
            for (int i = 0; i < size; i++) {
                out().startGroup();
                one.write(i);
                out().endGroup();
            }
            out().endField(name, 0);
        }
        out().endGroup();
    }
}
