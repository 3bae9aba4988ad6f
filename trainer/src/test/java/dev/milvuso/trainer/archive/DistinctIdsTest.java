package dev.milvuso.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistinctIdsTest {
    @Test
    void itSaysWhatASetOfTheIdsWouldSay() {
        DistinctIds ids = new DistinctIds();
        Set<String> known = new HashSet<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 200_000; n++) {
            String id = "id-" + random.nextInt(100_000) + (n % 2 == 0 ? "" : "/ü");
            assertThat(ids.add(id)).isEqualTo(known.add(id));
        }
    }
}
