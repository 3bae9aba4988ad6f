package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
    @Test
    void aRecallIsTheMeanOfWhatQueriesReachedLessAStandardError() {
        float[] reached = new float[100];
        Arrays.fill(reached, 0, 90, 1);
        Arrays.fill(reached, 90, 100, 0.5f);
        // A standard deviation of 0.15 of one, of 0.015 of the mean of a hundred.
        assertThat(Calibration.sure(reached)).isCloseTo(0.95f - 0.015f, within(1e-6f));
    }

    @Test
    void whereAllReachTheSameNothingIsUncertain() {
        assertThat(Calibration.sure(new float[] {1, 1, 1})).isEqualTo(1);
        assertThat(Calibration.sure(new float[] {0, 0})).isZero();
    }

    @Test
    void doubtCountsWhatIsMissed() {
        assertThat(Calibration.doubted(new float[] {0.2f, 0.9f, 1}, 2))
                .containsExactly(new float[] {0, 0.8f, 1}, within(1e-6f));
    }
}
