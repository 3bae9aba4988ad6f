package dev.milvuso.trainer.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class XavierInitializerTest {
    private static final int LENGTH = 64;

    private static float[] row(XavierInitializer initializer, String kind, String id) {
        float[] row = new float[LENGTH];
        initializer.fill(kind, id, row, 0, LENGTH);
        return row;
    }

    @Test
    void numbersAreUniformWithinTheBoundOfGlorotAndBengio() {
        XavierInitializer initializer = new XavierInitializer(42);
        double bound = Math.sqrt(6.0 / (LENGTH + LENGTH));
        int ids = 4000;
        double n = (double) ids * LENGTH;
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        double largest = 0;
        for (int id = 0; id < ids; id++) {
            for (float number : row(initializer, "user", "u" + id)) {
                double x = number / bound;
                sum += x;
                squares += x * x;
                fourths += x * x * x * x;
                largest = Math.max(largest, Math.abs(x));
            }
        }
        // Of a uniform distribution in ±1: mean 0, E x² = 1/3, E x⁴ = 1/5; within five standard errors.
        assertThat(sum / n).isCloseTo(0, within(5 * Math.sqrt(1 / 3.0 / n)));
        assertThat(squares / n).isCloseTo(1 / 3.0, within(5 * Math.sqrt((1 / 5.0 - 1 / 9.0) / n)));
        assertThat(fourths / n).isCloseTo(1 / 5.0, within(5 * Math.sqrt((1 / 9.0 - 1 / 25.0) / n)));
        assertThat(largest).isBetween(0.999, 1.0);
    }

    @Test
    void numbersOfNeighbouringPlacesAndIdsAreNotCorrelated() {
        XavierInitializer initializer = new XavierInitializer(42);
        int ids = 2000;
        double places = 0;
        double neighbours = 0;
        for (int id = 0; id < ids; id++) {
            float[] own = row(initializer, "item", "i" + id);
            float[] next = row(initializer, "item", "i" + (id + 1));
            for (int i = 0; i + 1 < LENGTH; i++) {
                places += own[i] * own[i + 1];
                neighbours += own[i] * next[i];
            }
        }
        double variance = 1.0 / LENGTH;
        double n = ids * (LENGTH - 1.0);
        assertThat(places / n / variance).isCloseTo(0, within(5 / Math.sqrt(n)));
        assertThat(neighbours / n / variance).isCloseTo(0, within(5 / Math.sqrt(n)));
    }

    @Test
    void aRowDependsOnSeedKindAndIdAlone() {
        float[] row = row(new XavierInitializer(42), "user", "ann");
        assertThat(row(new XavierInitializer(42), "user", "ann")).isEqualTo(row);
        assertThat(row(new XavierInitializer(43), "user", "ann")).isNotEqualTo(row);
        assertThat(row(new XavierInitializer(42), "item", "ann")).isNotEqualTo(row);
        assertThat(row(new XavierInitializer(42), "user", "anne")).isNotEqualTo(row);
        // Kind and id do not run together.
        assertThat(IdHash.of("us", "er1")).isNotEqualTo(IdHash.of("user", "1"));
    }

    @Test
    void theHashIsTheSameOnEveryMachine() {
        // FNV-1a, computed elsewhere, with one 0xff between kind and id.
        assertThat(IdHash.of("", "")).isEqualTo(0xaf64724c8602eb6eL);
        assertThat(IdHash.of("user", "žluťoučký")).isEqualTo(0xbd050fbdd544fb5eL);
    }

    @Test
    void aGainScalesTheNumbersAndFillsNothingElse() {
        float[] plain = row(new XavierInitializer(42), "user", "ann");
        float[] row = new float[LENGTH + 2];
        new XavierInitializer(42, 0.1).fill("user", "ann", row, 1, LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(row[i + 1]).isCloseTo(plain[i] * 0.1f, within(1e-7f));
        }
        assertThat(row[0]).isZero();
        assertThat(row[LENGTH + 1]).isZero();
    }
}
