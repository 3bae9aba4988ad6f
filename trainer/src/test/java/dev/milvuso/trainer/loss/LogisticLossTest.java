package dev.milvuso.trainer.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogisticLossTest {
    private static double exact(double score, int label) {
        double sign = label == 1 ? 1 : -1;
        return Math.log1p(Math.exp(-sign * score));
    }

    @ParameterizedTest
    @ValueSource(floats = {-8, -2.5f, -0.3f, 0, 0.01f, 1, 4, 8})
    void theSlopeIsTheLossesDifferenceQuotient(float score) {
        double h = 1e-5;
        for (int label = 0; label <= 1; label++) {
            double quotient = (exact(score + h, label) - exact(score - h, label)) / (2 * h);
            float p = LogisticLoss.probability(score);
            assertThat((double) LogisticLoss.slope(p, label)).isCloseTo(quotient, within(1e-6));
            assertThat(LogisticLoss.value(p, label)).isCloseTo(exact(score, label), within(2e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {-1e30f, -1000, 1000, 1e30f})
    void scoresFarOutStayFinite(float score) {
        for (int label = 0; label <= 1; label++) {
            float p = LogisticLoss.probability(score);
            assertThat(p).isBetween(0f, 1f);
            assertThat(LogisticLoss.slope(p, label)).isBetween(-1f, 1f);
            // ln 1e12 is the most that one example can say.
            assertThat(LogisticLoss.value(p, label)).isBetween(-0.0, 27.7);
        }
    }

    @Test
    void aScoreThatIsNoNumberIsNotHidden() {
        assertThat(LogisticLoss.probability(Float.NaN)).isNaN();
    }
}
