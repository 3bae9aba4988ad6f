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

    static Converter of(VectorField.Type type, Consumer<Vector> taken) {
        if (type instanceof VectorField.Type.Dense dense) {
            Floats numbers = new Floats(dense.dimension());
            return new Repeated(numbers::clear, () -> taken.accept(new Vector.Dense(numbers.all())), numbers);
        }
        if (type instanceof VectorField.Type.Binary) {
            return new Bits(taken);
        }
        Ints indices = new Ints(MOST_SPARSE);
        Floats numbers = new Floats(MOST_SPARSE);
        return new Repeated(
                () -> {
                    indices.clear();
                    numbers.clear();
                },
                () -> taken.accept(new Vector.Sparse(indices.all(), numbers.all())),
                indices,
                numbers);
    }

    private static void checkRoom(int count, int most) {
        if (count == most) {
            throw new IllegalArgumentException("a vector has more than " + most + " numbers");
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
        private final int most;
        private float[] numbers = new float[FIRST];
        private int count;

        Floats(int most) {
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
            checkRoom(count, most);
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }
    }

    private static final class Ints extends PrimitiveConverter {
        private final int most;
        private int[] numbers = new int[FIRST];
        private int count;

        Ints(int most) {
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
            checkRoom(count, most);
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }
    }
}
