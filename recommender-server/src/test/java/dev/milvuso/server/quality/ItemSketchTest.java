package dev.milvuso.server.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.milvuso.action.IdHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemSketchTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 300, 2000, 6000, 100_000, 1_000_000})
    void countsDistinctItemsWithinAFewStandardErrorsAlsoInTwoParts(int items) {
        ItemSketch one = new ItemSketch();
        ItemSketch other = new ItemSketch();
        for (int i = 0; i < items; i++) {
            long hash = IdHash.of("item-" + i);
            one.add(hash);
            one.add(hash);
            (i % 3 == 0 ? one : other).add(hash);
        }
        other.add(one);
        assertThat(one.count()).isCloseTo(items, within(items * 0.07 + 0.5));
        assertThat(other.count()).isEqualTo(one.count());
    }
}
