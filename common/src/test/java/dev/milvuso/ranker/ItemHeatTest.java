package dev.milvuso.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ItemHeatTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long WEEK = 7 * 86_400_000L;

    private final ItemHeat heat = new ItemHeat(WEEK, WEEK / 28);

    @Test
    void aSumHalvesInItsHalfLifeAndActionsMayComeInAnyOrder() {
        heat.add(3, 1, NOW);
        heat.add(3, 2, NOW - WEEK);
        heat.add(9, 2, NOW - WEEK);
        heat.add(9, 1, NOW);
        for (int item : new int[] {3, 9}) {
            assertThat(heat.popularity(item, NOW)).isCloseTo(2, within(1e-6));
            assertThat(heat.popularity(item, NOW + WEEK)).isCloseTo(1, within(1e-6));
            assertThat(heat.trend(item, NOW)).isCloseTo(1, within(1e-6));
            assertThat(heat.trend(item, NOW + WEEK / 28)).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void sumsThatWereReadAreThoseThatWereCounted() {
        heat.add(0, 1.5, NOW - WEEK);
        heat.add(0, 0.5, NOW);
        heat.set(1, 1.25, 0.5, NOW);
        assertThat(heat.popularity(1, NOW + 5000)).isCloseTo(heat.popularity(0, NOW + 5000), within(1e-6));
        assertThat(heat.trend(1, NOW + 5000)).isCloseTo(heat.trend(0, NOW + 5000), within(1e-6));
    }

    @Test
    void ofWhatIsNotKnownOrIsNoSumNothingIsSaid() {
        heat.set(1, Double.NaN, -1, NOW);
        heat.set(2, Double.POSITIVE_INFINITY, 0, NOW);
        heat.add(4, 1, NOW);
        heat.clear(4);
        heat.clear(10_000);
        heat.add(5, 0, NOW);
        for (int item : new int[] {0, 1, 2, 3, 4, 5, 1_000_000}) {
            assertThat(heat.popularity(item, NOW)).isZero();
            assertThat(heat.trend(item, NOW)).isZero();
        }
    }

    @Test
    void whatWasKeptIsTakenOverBitForBit() {
        heat.add(7, 0.3, NOW);
        ItemHeat other = new ItemHeat(WEEK, WEEK / 28);
        other.restore(7, heat.level(7, false), heat.level(7, true));
        assertThat(other.popularity(7, NOW + 1)).isEqualTo(heat.popularity(7, NOW + 1));
        assertThat(other.trend(7, NOW + 1)).isEqualTo(heat.trend(7, NOW + 1));
    }
}
