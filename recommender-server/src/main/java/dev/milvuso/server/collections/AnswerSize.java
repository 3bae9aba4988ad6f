package dev.milvuso.server.collections;

import dev.milvuso.vector.ArgumentMismatch;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.VectorField;

/** An answer is made whole in memory: one that may be too large is refused before anything is asked. */
final class AnswerSize {
    private static final long MOST_ROWS = 200_000;
    private static final long MOST_NUMBERS = 4_000_000;

    /** What a sparse vector has, more or less. */
    private static final int SPARSE = 128;

    private AnswerSize() {}

    /**
     * @param rows that may be in it
     * @param asking the member of the request that asks for them
     * @throws ArgumentMismatch saying how many may be asked for
     */
    static void check(CollectionSchema schema, Output output, long rows, String asking) {
        long numbers = numbers(schema, output);
        long most = most(numbers);
        if (rows > most) {
            throw new ArgumentMismatch(
                    "up to " + rows + " entities"
                            + (numbers == 0 ? "" : " with vectors of " + numbers + " numbers")
                            + " are asked for: at most "
                            + most
                            + " in one answer" + (numbers == 0 ? "" : ", or leave the vectors out of the output"),
                    asking);
        }
    }

    /** How many rows may be in it, at least one. */
    static long most(CollectionSchema schema, Output output) {
        return most(numbers(schema, output));
    }

    private static long most(long numbers) {
        return numbers == 0 ? MOST_ROWS : Math.min(MOST_ROWS, Math.max(1, MOST_NUMBERS / numbers));
    }

    private static long numbers(CollectionSchema schema, Output output) {
        return schema.vectors().stream()
                .filter(field -> output.has(field.name()))
                .mapToLong(field -> numbers(field.type()))
                .sum();
    }

    private static long numbers(VectorField.Type type) {
        if (type instanceof VectorField.Type.Dense dense) {
            return dense.dimension();
        }
        return type instanceof VectorField.Type.Binary binary ? binary.dimension() / 32 : SPARSE;
    }
}
