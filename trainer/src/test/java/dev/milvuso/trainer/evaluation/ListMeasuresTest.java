package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** All expectations are worked out by hand from the definitions. */
final class ListMeasuresTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void twoHitsOfThreeRelevantItems() {
        // Ranks 2 and 4 of 4 hit; 3 items are relevant.
        ListMeasures list = ListMeasures.of(new boolean[] {false, true, false, true}, 3, 4);
        double log2of3 = Math.log(3) / Math.log(2);
        double log2of5 = Math.log(5) / Math.log(2);
        assertThat(list.hr()).isEqualTo(1);
        assertThat(list.precision()).isEqualTo(0.5);
        assertThat(list.recall()).isCloseTo(2.0 / 3, ROUNDING);
        assertThat(list.averagePrecision()).isCloseTo((1.0 / 2 + 2.0 / 4) / 3, ROUNDING);
        assertThat(list.reciprocalRank()).isEqualTo(0.5);
        // The best list of 4 has its 3 relevant items first: 1 + 1/log2(3) + 1/2.
        assertThat(list.ndcg()).isCloseTo((1 / log2of3 + 1 / log2of5) / (1 + 1 / log2of3 + 0.5), ROUNDING);
    }

    @Test
    void aPerfectListMeasuresOneEvenIfMoreIsRelevantThanItHolds() {
        ListMeasures list = ListMeasures.of(new boolean[] {true, true}, 5, 2);
        assertThat(list.ndcg()).isCloseTo(1, ROUNDING);
        assertThat(list.averagePrecision()).isCloseTo(1, ROUNDING);
        assertThat(list.precision()).isEqualTo(1);
        assertThat(list.recall()).isEqualTo(0.4);
    }

    @Test
    void aListShorterThanKIsJudgedByK() {
        ListMeasures list = ListMeasures.of(new boolean[] {true}, 1, 10);
        assertThat(list.precision()).isEqualTo(0.1);
        assertThat(list.ndcg()).isCloseTo(1, ROUNDING);
    }

    @Test
    void aListWithoutHitsMeasuresNothing() {
        assertThat(ListMeasures.of(new boolean[] {false, false}, 1, 2)).isEqualTo(new ListMeasures(0, 0, 0, 0, 0, 0));
        assertThat(ListMeasures.of(new boolean[0], 1, 2)).isEqualTo(new ListMeasures(0, 0, 0, 0, 0, 0));
    }

    @Test
    void oneRelevantItemAtARank() {
        ListMeasures third = ListMeasures.ofOne(3, 10);
        assertThat(third.ndcg()).isCloseTo(0.5, ROUNDING);
        assertThat(third.reciprocalRank()).isCloseTo(1.0 / 3, ROUNDING);
        assertThat(ListMeasures.ofOne(11, 10).hr()).isZero();
    }
}
