package dev.milvuso.vector.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class KernelsTest {
    private static final float[] SLAB = {9, 9, 1, 2, 3, 4, 5, 6, 7};
    private static final float[] QUERY = {2, 0, -1, 3, 1, 1, 2};

    @Test
    void theInnerProductCoversTheRowAndItsOddRest() {
        assertEquals(36, Kernels.dot(QUERY, SLAB, 2));
    }

    @Test
    void theDistanceCoversTheRowAndItsOddRest() {
        assertEquals(88, Kernels.squaredDistance(QUERY, SLAB, 2));
    }
}
