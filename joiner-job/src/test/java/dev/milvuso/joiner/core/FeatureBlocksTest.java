package dev.milvuso.joiner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureBlocksTest {
    private final FeatureBlocks blocks = new FeatureBlocks();

    @Test
    void givesBackWhatWasPutInWhileBlocksAreUsedAgain() {
        SplittableRandom random = new SplittableRandom(1);
        Deque<FeatureBlocks.Place> places = new ArrayDeque<>();
        Deque<byte[]> expected = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] features = new byte[random.nextInt(i % 1000 == 0 ? 600_000 : 2_000)];
            Arrays.fill(features, (byte) i);
            places.add(blocks.put(features));
            expected.add(features);
            while (places.size() > random.nextInt(1_000)) {
                assertThat(blocks.take(places.remove())).isEqualTo(expected.remove());
            }
        }
    }
}
