package dev.milvuso.vector.transfer.parquet;

import dev.milvuso.vector.Vector;
import dev.milvuso.vector.VectorField;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** From columns to vectors. */
final class VectorConverters {
    private static final int FIRST = 16;

    /** Numbers of a sparse vector: a few bytes of a page may say any number of them. */
    private static final int MOST_SPARSE = 1 << 20;

    private VectorConverters() {}

    /** @param name of the column */
    static Converter of(String name, VectorField.Type type, Consumer<Vector> taken) {
        if (type instanceof VectorField.Type.Dense dense) {
            Floats numbers = new Floats(name, dense.dimension());
            return new Repeated(
                    numbers::clear,
                    entries -> {
                        Repeated.checkWhole(name, numbers.count, entries);
                        taken.accept(new Vector.Dense(numbers.all()));
                    },
                    numbers);
        }
        if (type instanceof VectorField.Type.Binary) {
            return new Bits(taken);
        }
        Ints indices = new Ints(name, MOST_SPARSE);
        Floats numbers = new Floats(name, MOST_SPARSE);
        return new Repeated(
                () -> {
                    indices.clear();
                    numbers.clear();
                },
                entries -> {
                    Repeated.checkWhole(name, Math.min(indices.count, numbers.count), entries);
                    taken.accept(new Vector.Sparse(indices.all(), numbers.all()));
                },
                indices,
                numbers);
    }

    private static void checkRoom(String name, int count, int most) {
        if (count == most) {
            throw new IllegalArgumentException(name + " has more than " + most + " numbers");
        }
    }

    private static final class Bits extends PrimitiveConverter {
        private final Consumer<Vector> taken;

        Bits(Consumer<Vector> taken) {
            this.taken = taken;
        }

        @Override
        public void addBinary(Binary value) {
            taken.accept(new Vector.Binary(value.getBytes()));
        }
    }

    private static final class Floats extends PrimitiveConverter {
        private final String name;
        private final int most;
        private float[] numbers = new float[FIRST];
        private int count;

        Floats(String name, int most) {
            this.name = name;
            this.most = most;
        }

        void clear() {
            count = 0;
        }

        float[] all() {
            return Arrays.copyOf(numbers, count);
        }

        @Override
        public void addFloat(float value) {
            checkRoom(name, count, most);
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }

        @Override
        public void addDouble(double value) {
            addFloat((float) value);
        }
    }

    private static final class Ints extends PrimitiveConverter {
        private final String name;
        private final int most;
        private int[] numbers = new int[FIRST];
        private int count;

        Ints(String name, int most) {
            this.name = name;
            this.most = most;
        }

        void clear() {
            count = 0;
        }

        int[] all() {
            return Arrays.copyOf(numbers, count);
        }

        @Override
        public void addInt(int value) {
            checkRoom(name, count, most);
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }

        @Override
        public void addLong(long value) {
            if (value != (int) value) {
                throw new IllegalArgumentException(name + " has the index " + value + ": must have 32 bits");
            }
            addInt((int) value);
        }
    }
}
