package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogarithmTest {
    private static void assertIsTheLogarithm(double x) {
        double exact = StrictMath.log(x);
        assertThat(Logarithm.of(x)).as("ln %s", x).isCloseTo(exact, within(4e-16 * Math.max(1, Math.abs(exact))));
    }

    @Test
    void itIsTheLogarithmOverTheWholeRange() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 200_000; i++) {
            assertIsTheLogarithm(random.nextDouble());
            assertIsTheLogarithm(StrictMath.pow(2, random.nextDouble(-1070, 1023)));
            assertIsTheLogarithm(1 + random.nextDouble(-1e-3, 1e-3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                1,
                2,
                0.7071067811865475,
                0.7071067811865476,
                0.7071067811865477,
                1.4142135623730951,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE
            })
    void itIsTheLogarithmWhereItsPartsMeet(double x) {
        assertIsTheLogarithm(x);
    }

    @Test
    void whatHasNoLogarithmIsNotHidden() {
        assertThat(Logarithm.of(Double.NaN)).isNaN();
        assertThat(Logarithm.of(-1)).isNaN();
        assertThat(Logarithm.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Logarithm.of(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Logarithm.of(1)).isZero();
    }
}
