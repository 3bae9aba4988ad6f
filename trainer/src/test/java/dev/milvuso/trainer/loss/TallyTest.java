package dev.milvuso.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Losses and likelihoods added up, against logarithms one by one. */
final class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void beginsWithNothing() {
        assertThat(tally.total()).isZero();
        assertThat(tally.isFinite()).isTrue();
    }

    @Test
    void likelihoodsCountAsTheirNegativeLogarithmsAmongLosses() {
        tally.add(1.5);
        tally.addLikelihood(0.25);
        tally.addLikelihood(0.5);
        assertThat(tally.total()).isCloseTo(1.5 + 3 * Math.log(2), within(1e-8));
    }

    @Test
    void productsOfTheSmallestLikelihoodsDoNotUnderflow() {
        double product = Math.exp(-40 * Tally.FACTORS);
        for (int i = 0; i < 100; i++) {
            tally.addLikelihood(product);
            tally.addLikelihood(1e-19);
            assertThat(tally.isFinite()).isTrue();
        }
        double each = 40 * Tally.FACTORS + 19 * Math.log(10);
        assertThat(tally.total()).isCloseTo(100 * each, within(1e-3));
    }

    @Test
    void whatIsNoNumberIsNotHidden() {
        tally.addLikelihood(Double.NaN);
        tally.addLikelihood(0.5);
        assertThat(tally.isFinite()).isFalse();
        assertThat(tally.total()).isNaN();
        Tally losses = new Tally();
        losses.add(Double.POSITIVE_INFINITY);
        assertThat(losses.isFinite()).isFalse();
    }
}
