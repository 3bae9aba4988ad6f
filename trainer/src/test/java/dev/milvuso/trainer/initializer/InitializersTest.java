package dev.milvuso.trainer.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InitializersTest {
    private static final int LENGTH = 50;
    private static final int ROWS = 4000;

    private static float[] row(String name, double gain, String id) {
        float[] row = new float[LENGTH];
        new SeededInitializer(Initializer.named(name, gain), 42).fill("user", id, row, 0, LENGTH);
        return row;
    }

    /**
     * Variances of length 50; fourth moments over the squared variance: 3 of a normal, 1.8 of a uniform distribution.
     */
    @ParameterizedTest
    @CsvSource({
        "xavier_uniform, 1, 0.02, 1.8",
        "xavier_normal, 1, 0.02, 3",
        "xavier_normal, 0.5, 0.005, 3",
        "he_uniform, 1, 0.04, 1.8",
        "he_normal, 1, 0.04, 3",
        "lecun, 1, 0.02, 3",
        "orthogonal, 1, 0.02, 2.884615",
        "sparse, 1, 0.02, 30",
        "uniform, 0.3, 0.03, 1.8",
        "normal, 0.1, 0.01, 3"
    })
    void numbersHaveTheMomentsPromised(String name, double gain, double variance, double kurtosis) {
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        for (int id = 0; id < ROWS; id++) {
            for (float x : row(name, gain, "u" + id)) {
                sum += x;
                squares += (double) x * x;
                fourths += (double) x * x * x * x;
            }
        }
        double n = (double) ROWS * LENGTH;
        // Five standard errors, for the fourth moment a round bound.
        assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(variance / n)));
        assertThat(squares / n).isCloseTo(variance, within(5 * variance * Math.sqrt((kurtosis - 1) / n)));
        assertThat(fourths / n / (variance * variance)).isCloseTo(kurtosis, within(0.04 * kurtosis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xavier_uniform",
                "xavier_normal",
                "he_normal",
                "lecun",
                "orthogonal",
                "sparse",
                "uniform",
                "normal"
            })
    void aRowIsThatOfItsIdAndOfNoOther(String name) {
        assertThat(row(name, 1, "ann")).isEqualTo(row(name, 1, "ann")).isNotEqualTo(row(name, 1, "anne"));
        float[] middle = new float[LENGTH + 2];
        new SeededInitializer(Initializer.named(name, 1), 42).fill("user", "ann", middle, 1, LENGTH);
        assertThat(java.util.Arrays.copyOfRange(middle, 1, LENGTH + 1)).isEqualTo(row(name, 1, "ann"));
        assertThat(middle[0]).isZero();
        assertThat(middle[LENGTH + 1]).isZero();
        float[] other = new float[LENGTH];
        new SeededInitializer(Initializer.named(name, 1), 43).fill("user", "ann", other, 0, LENGTH);
        assertThat(other).isNotEqualTo(row(name, 1, "ann"));
    }

    @Test
    void aSparseRowHasATenthOfItsPlacesFilledAndEveryPlaceAsOften() {
        int[] filled = new int[LENGTH];
        for (int id = 0; id < ROWS; id++) {
            float[] row = row("sparse", 1, "u" + id);
            int count = 0;
            for (int i = 0; i < LENGTH; i++) {
                filled[i] += row[i] == 0 ? 0 : 1;
                count += row[i] == 0 ? 0 : 1;
            }
            assertThat(count).isEqualTo(5);
        }
        for (int count : filled) {
            assertThat((double) count).isCloseTo(ROWS * 0.1, within(5 * Math.sqrt(ROWS * 0.09)));
        }
    }

    @Test
    void rowsOfAnOrthogonalMatrixHaveLengthOneAndCosinesOfVarianceOneOverTheLength() {
        double cosines = 0;
        double squares = 0;
        for (int id = 0; id < ROWS; id++) {
            float[] own = row("orthogonal", 1, "u" + id);
            float[] next = row("orthogonal", 1, "u" + (id + 1));
            double length = 0;
            double dot = 0;
            for (int i = 0; i < LENGTH; i++) {
                length += (double) own[i] * own[i];
                dot += (double) own[i] * next[i];
            }
            assertThat(length).isCloseTo(1, within(1e-5));
            cosines += dot;
            squares += dot * dot;
        }
        assertThat(cosines / ROWS).isCloseTo(0, within(5 * Math.sqrt(1.0 / LENGTH / ROWS)));
        assertThat(squares / ROWS).isCloseTo(1.0 / LENGTH, within(5.0 / LENGTH * Math.sqrt(2.0 / ROWS)));
    }

    @Test
    void aConstantIsTheSameEverywhere() {
        assertThat(row("constant", 0.25, "ann")).containsOnly(0.25f);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Initializer.named("ones", 1))
                .hasMessageStartingWith("initializer is 'ones': must be ");
    }
}
