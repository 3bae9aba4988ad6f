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
    void betweenTwoReachesWhatIsMissedFallsExponentially() {
        // Reaches of 0, 1 and 1.5: from 1 to 1.5 a tenth of what is missed is left.
        Calibration measured = new Calibration(new float[] {0.5f, 0.9f, 0.99f}, 20);
        assertThat(measured.effort(10, 0.4f).reach()).isZero();
        assertThat(measured.effort(10, 0.9f).reach()).isEqualTo(1);
        assertThat(measured.effort(10, 1 - (float) Math.pow(10, -1.5)).reach()).isCloseTo(1.25f, within(1e-4f));
        assertThat(measured.effort(10, 0.995f).reach()).isEqualTo(Float.POSITIVE_INFINITY);
        Calibration whole = new Calibration(new float[] {0.5f, 1}, 20);
        assertThat(whole.effort(10, 0.999f).reach()).isEqualTo(1);
        assertThat(whole.effort(10, 1).reach()).isEqualTo(1);
    }

    @Test
    void doubtCountsWhatIsMissed() {
        assertThat(Calibration.doubted(new float[] {0.2f, 0.9f, 1}, 2))
                .containsExactly(new float[] {0, 0.8f, 1}, within(1e-6f));
    }
}
