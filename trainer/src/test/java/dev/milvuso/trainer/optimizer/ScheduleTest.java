package dev.milvuso.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "constant, 0, 1",
        "constant, 1, 1",
        "linear, 0, 1",
        "linear, 0.25, 0.75",
        "linear, 1, 0.001",
        "cosine, 0, 1",
        "cosine, 0.5, 0.5",
        "cosine, 0.333333333, 0.75",
        "cosine, 1, 0.001",
        "step, 0, 1",
        "step, 0.24, 1",
        "step, 0.26, 0.3",
        "step, 0.9, 0.027",
        "step, 1, 0.027",
        "exponential, 0, 1",
        "exponential, 0.5, 0.1",
        "exponential, 1, 0.01"
    })
    void theFactorIsThatOfTheFormula(String name, double done, double factor) {
        assertThat(Schedule.named(name).factor(done)).isCloseTo(factor, within(1e-9));
    }

    @Test
    void warmingUpRisesToWhatFollows() {
        Schedule schedule = new Schedule.WarmUp(0.2, new Schedule.Linear());
        assertThat(schedule.factor(0)).isPositive().isLessThan(0.01);
        assertThat(schedule.factor(0.1)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(0.2)).isCloseTo(1, within(1e-12));
        assertThat(schedule.factor(0.6)).isCloseTo(0.5, within(1e-12));
        assertThat(new Schedule.WarmUp(0, new Schedule.Linear()).factor(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "linear", "cosine", "step", "exponential"})
    void noScheduleEverRisesOrStops(String name) {
        double before = 1;
        for (int i = 0; i <= 100; i++) {
            double factor = Schedule.named(name).factor(i / 100.0);
            assertThat(factor).isPositive().isLessThanOrEqualTo(before);
            before = factor;
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Schedule.named("sine")).hasMessageStartingWith("schedule is 'sine': must be ");
    }

    @Test
    void clippingBoundsNumbersFirstAndThenTheLength() {
        float[] gradient = {3, -9, 4, 100};
        new Clipping(4, 0).clip(gradient, 3);
        assertThat(gradient).containsExactly(3, -4, 4, 100);
        new Clipping(0, 5).clip(gradient, 1);
        assertThat(gradient).containsExactly(3, -4, 4, 100);
        new Clipping(0, 2.5f).clip(gradient, 2);
        assertThat(gradient).containsExactly(1.5f, -2, 4, 100);
        Clipping.NONE.clip(gradient, 4);
        assertThat(gradient).containsExactly(1.5f, -2, 4, 100);
        assertThat(Clipping.NONE.isNone()).isTrue();
        assertThat(new Clipping(0, 1).isNone()).isFalse();
    }
}
