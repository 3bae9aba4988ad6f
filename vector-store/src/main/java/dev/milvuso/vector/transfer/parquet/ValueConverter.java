package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.Field;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Gives the values of a column on as a store has them. */
final class ValueConverter extends PrimitiveConverter {
    private final boolean isJson;
    private final Consumer<Object> taken;

    ValueConverter(Field.Type type, Consumer<Object> taken) {
        this.isJson = type instanceof Field.Type.Json;
        this.taken = taken;
    }

    @Override
    public void addBinary(Binary value) {
        Object read = isJson ? JsonText.read(value) : value.toStringUsingUTF8();
        if (read != null) {
            taken.accept(read);
        }
    }

    @Override
    public void addBoolean(boolean value) {
        taken.accept(value);
    }

    @Override
    public void addInt(int value) {
        taken.accept((long) value);
    }

    @Override
    public void addLong(long value) {
        taken.accept(value);
    }

    @Override
    public void addFloat(float value) {
        taken.accept(value);
    }

    @Override
    public void addDouble(double value) {
        taken.accept(value);
    }
}
