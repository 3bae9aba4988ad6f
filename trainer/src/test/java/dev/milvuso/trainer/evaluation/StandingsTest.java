package dev.milvuso.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class StandingsTest {
    private static final double SECOND = Math.log(2) / Math.log(3);

    @Test
    void aRankInTheCatalogueCountsAsInAList() {
        Standings.Gains gains =
                new Standings(new double[] {0, 1, 9, 9.5, 10}, new int[] {50, 50, 50, 50, 50}).inCatalogue();
        assertThat(gains.hr()).containsExactly(1, 1, 1, 0.5, 0);
        assertThat(gains.ndcg()[0]).isEqualTo(1);
        assertThat(gains.ndcg()[1]).isCloseTo(SECOND, within(1e-12));
        assertThat(gains.ndcg()[3]).isCloseTo(Math.log(2) / Math.log(11) / 2, within(1e-12));
        assertThat(gains.meanHr()).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void amongRandomCandidatesTheExpectationIsThatOfABinomialDistribution() {
        Standings.Gains gains = new Standings(new double[] {0, 100, 1}, new int[] {100, 100, 100}).amongRandom();
        assertThat(gains.hr()[0]).isEqualTo(1);
        assertThat(gains.ndcg()[0]).isEqualTo(1);
        assertThat(gains.hr()[1]).isZero();
        assertThat(gains.ndcg()[1]).isZero();
        // None of 99 with 0.99^99, one with 99 * 0.01 * 0.99^98, and so on; ten or more with less than 1e-7.
        assertThat(gains.hr()[2]).isCloseTo(1, within(1e-6));
        double none = Math.pow(0.99, 99);
        double one = 99 * 0.01 * Math.pow(0.99, 98);
        double two = 99 * 98 / 2.0 * 1e-4 * Math.pow(0.99, 97);
        double three = 99 * 98 * 97 / 6.0 * 1e-6 * Math.pow(0.99, 96);
        double least = none + one * SECOND + two / 2 + three * Math.log(2) / Math.log(5);
        double most = least + (1 - none - one - two - three) * Math.log(2) / Math.log(6);
        assertThat(gains.ndcg()[2]).isBetween(least, most);
    }

    @Test
    void aMeanOfNothingIsZero() {
        assertThat(Standings.Gains.none(3).meanNdcg()).isZero();
    }
}
