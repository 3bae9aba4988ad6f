package dev.milvuso.server.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RiseTest {
    private static final double HOUR = 3_600_000;

    private final Rise rise = Rise.of(Duration.ofDays(7), Duration.ofHours(6));

    /** Both sums of an item that is acted on evenly, once in so many hours, for a year up to now. */
    private double steady(double everyHours, double stoppedHoursAgo) {
        double slow = 0;
        double fast = 0;
        for (double ago = stoppedHoursAgo; ago < 8760; ago += everyHours) {
            slow += Math.pow(0.5, ago / 168);
            fast += Math.pow(0.5, ago / 6);
        }
        return rise.of(slow, fast, 0);
    }

    @Test
    void whatIsAlwaysSoDoesNotRise() {
        assertThat(steady(0.01, 0.005)).isCloseTo(0, within(0.2));
        assertThat(steady(1, 0.5)).isCloseTo(0, within(0.2));
    }

    @Test
    void whatHasEndedFalls() {
        assertThat(steady(0.1, 12)).isLessThan(-1);
    }

    @Test
    void whatHasJustBegunRisesAboveWhatIsMuchMorePopular() {
        assertThat(rise.of(10, 10, 0)).isGreaterThan(5).isGreaterThan(steady(0.01, 0.005));
    }

    @Test
    void aRiseFadesWhenNothingMoreHappens() {
        assertThat(rise.of(10, 10, 24 * HOUR)).isLessThan(rise.of(10, 10, HOUR));
    }
}
