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

    private VectorConverters() {}

    static Converter of(VectorField.Type type, Consumer<Vector> taken) {
        if (type instanceof VectorField.Type.Dense) {
            Floats numbers = new Floats();
            return new Repeated(numbers::clear, () -> taken.accept(new Vector.Dense(numbers.all())), numbers);
        }
        if (type instanceof VectorField.Type.Binary) {
            return new Bits(taken);
        }
        Ints indices = new Ints();
        Floats numbers = new Floats();
        return new Repeated(
                () -> {
                    indices.clear();
                    numbers.clear();
                },
                () -> taken.accept(new Vector.Sparse(indices.all(), numbers.all())),
                indices,
                numbers);
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
        private float[] numbers = new float[FIRST];
        private int count;

        void clear() {
            count = 0;
        }

        float[] all() {
            return Arrays.copyOf(numbers, count);
        }

        @Override
        public void addFloat(float value) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }
    }

    private static final class Ints extends PrimitiveConverter {
        private int[] numbers = new int[FIRST];
        private int count;

        void clear() {
            count = 0;
        }

        int[] all() {
            return Arrays.copyOf(numbers, count);
        }

        @Override
        public void addInt(int value) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = value;
        }
    }
}
