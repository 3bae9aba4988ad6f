package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.Field;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Gives the values of a column on as a field of a type has them, unless that would change them. */
final class ValueConverter extends PrimitiveConverter {
    private final String name;
    private final Field.Type type;
    private final boolean unsigned;
    private final Consumer<Object> taken;

    /**
     * @param name of the column, for messages
     * @param unsigned whether its whole numbers are
     */
    ValueConverter(String name, boolean unsigned, Field.Type type, Consumer<Object> taken) {
        this.name = name;
        this.type = type;
        this.unsigned = unsigned;
        this.taken = taken;
    }

    private IllegalArgumentException wrong(Object value, String right) {
        return new IllegalArgumentException(name + " is " + value + ": must be " + right);
    }

    @Override
    public void addBinary(Binary value) {
        if (!(type instanceof Field.Type.Json)) {
            taken.accept(value.toStringUsingUTF8());
            return;
        }
        Object read;
        try {
            read = JsonText.read(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no JSON: " + e.getMessage(), e);
        }
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
        whole(unsigned ? Integer.toUnsignedLong(value) : value);
    }

    @Override
    public void addLong(long value) {
        if (unsigned && value < 0) {
            throw wrong(Long.toUnsignedString(value), "less than 2^63");
        }
        whole(value);
    }

    private void whole(long value) {
        if (type instanceof Field.Type.Real real) {
            boolean isExact =
                    real.bits() == Float.SIZE ? (long) (float) value == value : (long) (double) value == value;
            if (!isExact) {
                throw wrong(value, "a number that " + real.bits() + " bits hold exactly");
            }
            addDouble((double) value);
        } else if (type instanceof Field.Type.Int kept && !kept.holds(value)) {
            throw wrong(value, "a whole number of " + kept.bits() + " bits");
        } else {
            taken.accept(value);
        }
    }

    @Override
    public void addFloat(float value) {
        if (type instanceof Field.Type.Real real && real.bits() == Float.SIZE) {
            single(value, value);
        } else {
            addDouble(value);
        }
    }

    @Override
    public void addDouble(double value) {
        if (type instanceof Field.Type.Real real && real.bits() == Float.SIZE) {
            single((float) value, value);
        } else if (Double.isFinite(value)) {
            taken.accept(value);
        } else {
            throw wrong(value, "a finite number");
        }
    }

    private void single(float value, double exact) {
        if (!Float.isFinite(value)) {
            throw wrong(exact, "a finite number of 32 bits");
        }
        taken.accept(value);
    }
}
