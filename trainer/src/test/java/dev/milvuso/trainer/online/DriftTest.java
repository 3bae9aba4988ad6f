package dev.milvuso.trainer.online;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DriftTest {
    private static final int POSITIVES = 10;
    private static final double MARGIN = 0.1;

    private static Drift fed(double baseline, double ndcg, int times) {
        Drift drift = new Drift(POSITIVES, MARGIN, baseline);
        for (int n = 0; n < times; n++) {
            drift.add(ndcg);
        }
        return drift;
    }

    @Test
    void aVersionIsWorseOnlyBeyondTheMargin() {
        assertThat(fed(0.5, 0.44, POSITIVES).judge()).isEqualTo(Drift.Verdict.WORSE);
        assertThat(fed(0.5, 0.46, POSITIVES).judge()).isEqualTo(Drift.Verdict.KEEPS_UP);
    }

    @Test
    void itIsJudgedOnceAndNotBeforeEnoughHasBeenSeen() {
        Drift drift = fed(0.5, 0.1, POSITIVES - 1);
        assertThat(drift.judge()).isEqualTo(Drift.Verdict.OPEN);
        drift.add(Double.NaN);
        assertThat(drift.judge()).isEqualTo(Drift.Verdict.OPEN);
        drift.add(0.1);
        assertThat(drift.judge()).isEqualTo(Drift.Verdict.WORSE);
        assertThat(drift.judge()).isEqualTo(Drift.Verdict.OPEN);
    }

    @Test
    void theMeanIsThatOfTheLatest() {
        Drift drift = fed(-1, 1, 3 * POSITIVES);
        for (int n = 0; n < POSITIVES; n++) {
            drift.add(0.25);
        }
        assertThat(drift.mean()).isEqualTo(0.25);
        drift.begin(drift.mean());
        assertThat(drift.mean()).isNegative();
    }

    @Test
    void withoutABaselineOrWithNoPositivesToCompareNothingIsJudged() {
        assertThat(fed(-1, 0, 5 * POSITIVES).judge()).isEqualTo(Drift.Verdict.OPEN);
        Drift never = new Drift(0, MARGIN, 0.5);
        never.add(0);
        assertThat(never.judge()).isEqualTo(Drift.Verdict.OPEN);
    }
}
