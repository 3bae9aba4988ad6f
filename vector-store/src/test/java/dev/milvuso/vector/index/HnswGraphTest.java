package dev.milvuso.vector.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Guards against a search that follows a link out of the graph it reads. */
final class HnswGraphTest {
    private static final HnswSettings SETTINGS = new HnswSettings(Similarity.COSINE, 2, 4, 8, 1, 1);

    @Test
    void linksOfAGrownGraphAreItsOwn() {
        HnswGraph small = new HnswGraph(SETTINGS, new float[2], new float[] {1, 1}, 1);
        small.add(new float[] {1, 0}, 0, 2);
        HnswGraph grown = small.grown(SETTINGS, 2);
        int node = grown.add(new float[] {0, 1}, 1, 2);
        for (int level = 0; level <= 2; level++) {
            grown.link(0, level, new int[] {node}, 1);
            assertThat(small.links(0, level, new int[8], 0)).isZero();
            assertThat(grown.links(0, level, new int[8], 0)).isEqualTo(1);
        }
    }
}
