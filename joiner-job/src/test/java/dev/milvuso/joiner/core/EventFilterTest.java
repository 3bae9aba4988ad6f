package dev.milvuso.joiner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventFilterTest {
    private static final long HORIZON = 1000;

    private final EventFilter filter = new EventFilter(HORIZON, 0);

    EventFilterTest() {
        filter.onTime(0);
    }

    @Test
    void neverRulesOutWhatItWasGiven() {
        add(0, 100_000);

        assertThat(held(0, 100_000)).isEqualTo(100_000);
    }

    @Test
    void rulesOutNearlyAllElse() {
        add(0, 1_000_000);

        assertThat(held(1_000_000, 1_100_000)).isLessThan(1000);
    }

    @Test
    void holdsAnEventForTheHorizonAndForgetsItAfterTwo() {
        filter.onTime(HORIZON - 1);
        add(0, 1);

        filter.onTime(HORIZON);
        assertThat(held(0, 1)).isEqualTo(1);

        filter.onTime(2 * HORIZON - 1);
        assertThat(held(0, 1)).isEqualTo(1);

        filter.onTime(2 * HORIZON);
        assertThat(held(0, 1)).isZero();
    }

    @Test
    void rulesNothingOutWhileItMissesSome() {
        filter.missSome(0);
        filter.onTime(HORIZON - 1);
        assertThat(held(0, 1)).isEqualTo(1);

        filter.onTime(HORIZON);
        assertThat(held(0, 1)).isZero();
    }

    private void add(int from, int to) {
        IntStream.range(from, to).forEach(i -> filter.add(EventKey.of("event-" + i)));
    }

    private long held(int from, int to) {
        return IntStream.range(from, to)
                .filter(i -> filter.mayHold(EventKey.of("event-" + i)))
                .count();
    }
}
