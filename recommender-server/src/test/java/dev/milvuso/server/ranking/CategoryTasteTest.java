package dev.milvuso.server.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.milvuso.server.catalogue.Codes;
import org.junit.jupiter.api.Test;

class CategoryTasteTest {
    private static CategoryTaste of(int[] codes, double... weights) {
        return CategoryTaste.of(codes, weights, codes.length);
    }

    @Test
    void theLargestComeFirstAndShareEverything() {
        CategoryTaste taste = of(new int[] {4, 7, Codes.NONE, 2, 9}, 1, 3, 50, 0, 4);
        assertThat(taste.categories()).containsExactly(9, 7, 4);
        assertThat(taste.shares()).containsExactly(0.5, 0.375, 0.125);
    }

    @Test
    void ofManyTheLargestEight() {
        int[] codes = new int[20];
        double[] weights = new double[20];
        for (int i = 0; i < 20; i++) {
            codes[i] = i;
            weights[i] = 1 + (i * 7) % 20;
        }
        assertThat(of(codes, weights).categories()).containsExactly(17, 14, 11, 8, 5, 2, 19, 16);
    }

    @Test
    void twoTogetherCountTheSame() {
        CategoryTaste both = of(new int[] {1, 2}, 30, 10).and(of(new int[] {2, 3}, 0.1, 0.1));
        assertThat(both.categories()).containsExactly(1, 2, 3);
        assertThat(both.shares()).containsExactly(0.375, 0.375, 0.25);
        assertThat(both.and(CategoryTaste.NONE)).isSameAs(both);
        assertThat(CategoryTaste.NONE.and(both)).isSameAs(both);
    }

    @Test
    void placesGoByShareAndNoneIsLost() {
        CategoryTaste taste = of(new int[] {1, 2, 3}, 5, 3, 2);
        assertThat(taste.places(10)).containsExactly(5, 3, 2);
        assertThat(taste.places(13)).containsExactly(7, 4, 2);
        assertThat(taste.places(1)).containsExactly(1, 0, 0);
        assertThat(CategoryTaste.NONE.places(5)).isEmpty();
    }
}
