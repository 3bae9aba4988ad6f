package dev.milvuso.trainer.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExponentialTest {
    @Test
    void theRelativeErrorIsAtMostTheOneStated() {
        double worst = 0;
        for (int i = -400_000; i <= 400_000; i++) {
            float x = i * 1e-4f;
            worst = Math.max(worst, Math.abs(Exponential.of(x) / Math.exp(x) - 1));
        }
        assertThat(worst).isLessThan(3e-7);
    }

    @Test
    void beyondTheLimitItIsTheLimits() {
        assertThat(Exponential.of(1e30f)).isEqualTo(Exponential.of(40));
        assertThat(Exponential.of(Float.NEGATIVE_INFINITY))
                .isEqualTo(Exponential.of(-40))
                .isPositive();
        assertThat(Exponential.of(0)).isEqualTo(1);
    }

    @Test
    void whatIsNoNumberIsNotHidden() {
        assertThat(Exponential.of(Float.NaN)).isNaN();
    }
}
