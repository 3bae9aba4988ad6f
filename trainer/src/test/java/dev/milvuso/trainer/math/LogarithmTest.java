package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LogarithmTest {
    @Test
    void itIsTheLogarithmOverAllThatLossesMultiplyUp() {
        for (int i = -300_000; i <= 3_000; i++) {
            double x = Math.pow(10, i * 1e-3);
            assertThat(Logarithm.of(x)).isCloseTo(Math.log(x), within(1e-9));
        }
    }

    @Test
    void ofOneItIsNothing() {
        assertThat(Logarithm.of(1)).isZero();
        assertThat(Logarithm.of(0x1p-40)).isEqualTo(-40 * Math.log(2));
    }

    @Test
    void whatIsNoNumberIsNotHidden() {
        assertThat(Logarithm.of(Double.NaN)).isNaN();
    }
}
