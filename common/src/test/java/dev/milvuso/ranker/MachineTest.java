package dev.milvuso.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final int SIZE = 5;
    private static final int FACTORS = 3;

    @Test
    void theScoreIsTheSumOverAllNumbersAndAllPairs() {
        Random random = new Random(1);
        float[] parameters = new float[Machine.length(SIZE, FACTORS)];
        float[] x = new float[SIZE];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = 1 + random.nextFloat();
        }
        for (int i = 0; i < SIZE; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += parameters[SIZE + i] * x[i] * parameters[i];
            for (int j = i + 1; j < SIZE; j++) {
                double product = 0;
                for (int f = 0; f < FACTORS; f++) {
                    product += parameters[2 * SIZE + i * FACTORS + f] * parameters[2 * SIZE + j * FACTORS + f];
                }
                sum += product * x[i] * parameters[i] * x[j] * parameters[j];
            }
        }
        Machine.scale(parameters, x, SIZE);
        assertThat(Machine.score(parameters, x, SIZE)).isCloseTo(sum, within(1e-5));
    }

    @Test
    void whatIsFarOutIsDampedAndStaysInOrder() {
        float[] parameters = {1, 1, 1, 1, 1};
        float[] x = {(float) -1e15, -6, 4.5f, 6, (float) 1e15};
        Machine.scale(parameters, x, SIZE);
        assertThat(x).isSorted();
        assertThat(x[2]).isEqualTo(4.5f);
        assertThat(x[3]).isBetween(5f, 6f);
        assertThat(x[4]).isBetween(10f, 50f).isEqualTo(-x[0]);
    }
}
