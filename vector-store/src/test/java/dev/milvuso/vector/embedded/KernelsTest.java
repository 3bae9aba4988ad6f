package dev.milvuso.vector.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class KernelsTest {
    private static final float[] ROW = {1, 2, 3, 4, 5, 6, 7};
    private static final float[] QUERY = {2, 0, -1, 3, 1, 1, 2};

    @Test
    void theInnerProductCoversTheRowAndItsOddRest() {
        assertEquals(36, Kernels.dot(QUERY, ROW));
    }

    @Test
    void theDistanceCoversTheRowAndItsOddRest() {
        assertEquals(88, Kernels.squaredDistance(QUERY, ROW));
    }

    @Test
    void everyDimensionIsSummedWhole() {
        Random random = new Random(5);
        for (int dimension = 1; dimension <= 70; dimension++) {
            float[] query = numbers(random, dimension);
            float[] row = numbers(random, dimension);
            double product = 0;
            double distance = 0;
            for (int i = 0; i < dimension; i++) {
                product += (double) query[i] * row[i];
                distance += Math.pow((double) query[i] - row[i], 2);
            }
            assertEquals(product, Kernels.dot(query, row), 1e-4);
            assertEquals(distance, Kernels.squaredDistance(query, row), 1e-4);
        }
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
